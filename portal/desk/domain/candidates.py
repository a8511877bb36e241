"""Which cases may report the same: those whose registration sheets share tokens of the index.

Only cases that a person sees are found, and only those shown that the person can open and need not
keep away from. What is left out leaves no trace, not even in a number.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from portal.desk.domain import recusals, registration_index, registrations
from portal.desk.domain.opening import CannotOpen, KeyNotHeld, Opener
from portal.desk.domain.registrations import Sheet
from portal.desk.models.cases import Case
from portal.desk.models.registrations import RegistrationToken

MOST = 30


@dataclass(frozen=True)
class Match:
    """A case whose sheet agrees with another's in these fields."""

    case: Case
    same: tuple[str, ...]

    @property
    def rank(self) -> tuple[int, int, str]:
        """Orders matches: the strongest first, then the newest."""
        weight = registration_index.strength(self.same)
        return -weight, -self.case.received_on.toordinal(), self.case.reference


@dataclass(frozen=True)
class Candidate:
    """A match as it is shown; no sheet when its file is damaged."""

    reference: str
    received_on: date
    state: str
    office_id: str | None
    holder_id: str | None
    same: tuple[str, ...]
    sheet: Sheet | None


def matches(session: Session, case: Case) -> list[Match]:
    """Return the cases that share tokens with a case, the strongest match first."""
    own, other = aliased(RegistrationToken), aliased(RegistrationToken)
    equal = and_(own.kind == other.kind, own.token == other.token)
    query = (
        select(Case, other.kind)
        .join(other, other.case_id == Case.id)
        .join(own, equal)
        .where(own.case_id == case.id, Case.id != case.id)
    )
    found: dict[str, Case] = {}
    kinds: dict[str, list[str]] = {}
    for one, kind in session.execute(query):
        found[one.id] = one
        kinds.setdefault(one.id, []).append(kind)
    all_of_them = [
        Match(one, registration_index.same_fields(kinds[case_id])) for case_id, one in found.items()
    ]
    return sorted(all_of_them, key=lambda match: match.rank)


def shown(
    session: Session,
    opener: Opener,
    case: Case,
    *,
    but: Collection[str],
    person_id: str,
    host_secret: bytes,
) -> list[Candidate]:
    """Return what a person is shown of the matches, `MOST` at most.

    :param but: references of cases that are linked already
    """
    listed = [one.words for one in recusals.entries(session, person_id, host_secret)]
    found: list[Candidate] = []
    for match in matches(session, case):
        if len(found) == MOST:
            break
        if match.case.reference in but:
            continue
        candidate = _open(session, opener, match, listed)
        if candidate is not None:
            found.append(candidate)
    return found


def _open(
    session: Session, opener: Opener, match: Match, listed: Collection[str]
) -> Candidate | None:
    case = match.case
    try:
        own = opener.case_key(session, case)
        content = opener.content(case, own)
    except (KeyNotHeld, CannotOpen):
        return None
    written = registrations.read(session, opener, case, own)
    sheet = written.sheet if written else None
    if registrations.touches(listed, content, sheet):
        return None
    return Candidate(
        reference=case.reference,
        received_on=case.received_on,
        state=case.state,
        office_id=case.office_id,
        holder_id=case.claimed_by,
        same=match.same,
        sheet=sheet,
    )
