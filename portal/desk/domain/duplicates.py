"""重复件: cases that report the same are linked inside the desk, and nowhere else.

A link moves no case, no term and no revision, and sends nothing: nobody outside can tell from a
report of their own whether there is another one.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import assigning, audit, cases, recusals, registrations
from portal.desk.domain.opening import OpenedWords, Opener
from portal.desk.models.cases import Case
from portal.desk.models.duplicates import Duplicate
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.keys import Identity, Recipient
from portal.sealing.seal import seal_words

LINK = "link"
UNLINK = "unlink"


class SameCase(Exception):
    """A case does not repeat itself."""


class NotRegistered(Exception):
    """Nobody opened the other report yet, so that nobody can have compared them."""


@dataclass(frozen=True)
class Judgement:
    """Somebody said that two cases report the same; the note may be missing."""

    on: date
    person_id: str
    note: OpenedWords | None = None


@dataclass(frozen=True)
class Linked:
    """Another case that reports the same; `judged` is None where only others lead there."""

    case: Case
    judged: Judgement | None


@dataclass(frozen=True)
class Repetition:
    """Which time it is that this is reported, of the cases that a person sees; 1 is the first."""

    number: int
    linked: tuple[Linked, ...]

    @property
    def references(self) -> frozenset[str]:
        """The references of the other cases."""
        return frozenset(one.case.reference for one in self.linked)


@dataclass(frozen=True)
class Together:
    """A case could be given to the office where another one lies that reports the same."""

    reference: str
    office_id: str


@dataclass(frozen=True)
class Linker:
    """Who links cases, with what they can open."""

    opener: Opener
    person_id: str
    host_secret: bytes

    def link(
        self, session: Session, reference: str, other: str, note: str, *, now: datetime
    ) -> None:
        """Say that two cases report the same; saying it twice changes nothing.

        :raises portal.desk.domain.cases.UnknownCase: when there is no case of a reference.
        :raises SameCase, NotRegistered, KeyNotHeld, CannotOpen, MustRecuse: as their names say.
        """
        if reference == other:
            raise SameCase
        earlier, later = sorted(_locked(session, reference, other), key=_order)
        for case in (earlier, later):
            self._refuse_unopened(session, case)
        if session.get(Duplicate, (later.id, earlier.id)) is not None:
            return
        today = local_day(now)
        session.add(
            Duplicate(
                case_id=later.id,
                earlier_id=earlier.id,
                on=today,
                person_id=self.person_id,
                file=self._keep(session, note, (earlier, later), today),
            )
        )
        session.flush()
        self._write_down(session, "case-linked", reference, other, now)

    def unlink(self, session: Session, reference: str, other: str, *, now: datetime) -> None:
        """Take back that two cases report the same; without that nothing changes.

        :raises portal.desk.domain.cases.UnknownCase: when there is no case of a reference.
        """
        ids = [case.id for case in _locked(session, reference, other)]
        row = session.scalar(
            select(Duplicate).where(Duplicate.case_id.in_(ids), Duplicate.earlier_id.in_(ids))
        )
        if row is None:
            return
        if row.file is not None:
            self.opener.items.discard_after_commit(session, row.file)
        session.delete(row)
        session.flush()
        self._write_down(session, "case-unlinked", reference, other, now)

    def _refuse_unopened(self, session: Session, case: Case) -> None:
        if case.registered_on is None:
            raise NotRegistered
        own = self.opener.case_key(session, case)
        content = self.opener.content(case, own)
        recusals.refuse(session, self.person_id, content, self.host_secret)
        written = registrations.read(session, self.opener, case, own)
        registrations.refuse(session, self.person_id, content, written, self.host_secret)

    def _keep(
        self, session: Session, note: str, linked: Collection[Case], today: date
    ) -> str | None:
        if not note.strip():
            return None
        recipients = [Recipient.parse(case.recipient or "") for case in linked]
        return self.opener.items.put_for(session, seal_words(Words(note, today), recipients))

    def _write_down(
        self, session: Session, act: str, reference: str, other: str, now: datetime
    ) -> None:
        target = f"{reference} {other}"
        audit.record(session, person_id=self.person_id, act=act, target=target, now=now)


def repetition(session: Session, case: Case) -> Repetition:
    """Return how a case stands among those that report the same; notes stay sealed."""
    family = sorted(_family(session, case), key=_order)
    judged = {
        row.earlier_id if row.case_id == case.id else row.case_id: Judgement(row.on, row.person_id)
        for row in _rows(session, case)
    }
    linked = tuple(Linked(one, judged.get(one.id)) for one in family if one.id != case.id)
    return Repetition([one.id for one in family].index(case.id) + 1, linked)


def with_notes(
    session: Session, opener: Opener, case: Case, own: Identity, found: Repetition
) -> Repetition:
    """Return the same with the notes, opened with the case's own key."""
    notes = {
        other: opener.own_words(row.file, own, row.on)
        for row in _rows(session, case)
        for other in (row.case_id, row.earlier_id)
        if row.file is not None and other != case.id
    }
    linked = tuple(
        replace(one, judged=replace(one.judged, note=notes.get(one.case.id))) if one.judged else one
        for one in found.linked
    )
    return replace(found, linked=linked)


def repeats(session: Session, references: Collection[str]) -> frozenset[str]:
    """Return those of some cases that are not the first of their kind that the person sees."""
    ends = (select(Duplicate.case_id), select(Duplicate.earlier_id))
    query = select(Case).where(
        Case.reference.in_(references), or_(*(Case.id.in_(end) for end in ends))
    )
    return frozenset(
        case.reference
        for case in session.scalars(query).all()
        if repetition(session, case).number > 1
    )


def together(case: Case, other: Case, intake_id: str, person_id: str) -> Together | None:
    """Return which of two cases a person at the intake could give to the other one's office."""
    if case.office_id == other.office_id:
        return None
    for given, there in ((case, other), (other, case)):
        elsewhere = there.office_id is not None and there.office_id != intake_id
        if elsewhere and assigning.possible(given, person_id, intake_id):
            return Together(given.reference, there.office_id or "")
    return None


def _locked(session: Session, *references: str) -> list[Case]:
    # Two people who link the same cases from either end lock them in the same order.
    return [cases.get(session, reference, lock=True) for reference in sorted(references)]


def _order(case: Case) -> tuple[date, date, str]:
    return case.received_on, case.registered_on or date.max, case.reference


def _rows(session: Session, case: Case) -> list[Duplicate]:
    query = select(Duplicate).where(
        or_(Duplicate.case_id == case.id, Duplicate.earlier_id == case.id)
    )
    return list(session.scalars(query))


def _family(session: Session, case: Case) -> list[Case]:
    """Return a case with all that links lead to; a link through an unseen case leads nowhere."""
    found, edge = {case.id: case}, [case.id]
    while edge:
        near = {one.id: one for one in session.scalars(_beside(edge)) if one.id not in found}
        found |= near
        edge = list(near)
    return list(found.values())


def _beside(ids: Collection[str]) -> Select[Case]:
    link = or_(
        and_(Duplicate.case_id == Case.id, Duplicate.earlier_id.in_(ids)),
        and_(Duplicate.earlier_id == Case.id, Duplicate.case_id.in_(ids)),
    )
    return select(Case).join(Duplicate, link)
