"""Notices that come from named reports: no reporter's name may stand in them.

Nobody who drafts or approves a notice knows that name, and no digest of it is kept anywhere. So the
public text is sealed to custodian group B with every submission, and a custodian who has the name
open, by one custodian of each group, says for that version that it is not in there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, keys
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.inspecting import packed
from portal.desk.domain.notices.rendering import render
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import Case
from portal.desk.models.notices import Notice, NoticeTick
from portal.sealing import age, unseal
from portal.sealing.content import NamedReporter
from portal.sealing.errors import NoMatchingIdentity, SealingError
from portal.sealing.keys import Identity
from portal.sealing.padding import pad_text
from portal.store import MissingFile, SealedStore
from portal.text.readings import read


class NamesReporter(Exception):
    """The reporter's name or telephone number stands in the text."""


class NothingToTick(Exception):
    """The notice does not come from this report, or has another version by now."""


@dataclass(frozen=True)
class Waiting:
    """A version that waits for a custodian's look, with the words that everybody would read."""

    notice_id: str
    version: int
    text: str


def ask(session: Session, items: SealedStore, notice: Notice, draft: Draft) -> None:
    """Lay the public text of a version before the custodians of every named report behind it."""
    recipients = list(keys.of_kind(session, keys.CUSTODIAN_B).values())
    for case_id in _named(session, draft.references):
        place = (notice.id, notice.version, case_id)
        if not recipients or session.get(NoticeTick, place) is not None:
            continue
        sealed = age.encrypt(pad_text(_words(draft).encode()), recipients)
        tick = NoticeTick(
            notice_id=notice.id,
            version=notice.version,
            case_id=case_id,
            file=items.put_for(session, sealed),
        )
        session.add(tick)
    session.flush()


def missing(session: Session, notice: Notice, draft: Draft) -> bool:
    """Tell whether a named report that the notice comes from lacks the tick for this version."""
    ticked = select(NoticeTick.case_id).where(
        NoticeTick.notice_id == notice.id,
        NoticeTick.version == notice.version,
        NoticeTick.person_id.is_not(None),
    )
    return bool(_named(session, draft.references) - set(session.scalars(ticked)))


def waiting(
    session: Session, items: SealedStore, case: Case, held: Mapping[str, Identity]
) -> list[Waiting]:
    """Return the newest versions that come from a report and wait for the tick.

    :raises portal.desk.domain.opening.KeyNotHeld: without a key of group B.
    :raises portal.desk.domain.opening.CannotOpen: when a text is damaged.
    """
    query = (
        select(NoticeTick)
        .join(Notice, (Notice.id == NoticeTick.notice_id) & (Notice.version == NoticeTick.version))
        .where(NoticeTick.case_id == case.id, NoticeTick.person_id.is_(None))
        .order_by(NoticeTick.notice_id)
    )
    return [
        Waiting(row.notice_id, row.version, _opened(items, row.file, held))
        for row in session.scalars(query)
    ]


def tick(
    session: Session,
    case: Case,
    one: Waiting,
    reporter: NamedReporter,
    *,
    person_id: str,
    now: datetime,
) -> None:
    """Say that a version names no reporter; what a machine can see of that is looked at first.

    :raises NamesReporter: when name or number stand in the text all the same.
    :raises NothingToTick: when that version does not wait for this report.
    """
    said = packed(one.text)
    if any(part and part in said for part in (packed(reporter.full_name), packed(reporter.phone))):
        raise NamesReporter
    row = session.get(NoticeTick, (one.notice_id, one.version, case.id), with_for_update=True)
    if row is None:
        raise NothingToTick
    row.person_id, row.at = person_id, now
    session.flush()
    audit.record(session, person_id=person_id, act="notice-ticked", target=one.notice_id, now=now)


def _named(session: Session, references: Iterable[str]) -> set[str]:
    query = select(Case.id).where(Case.reference.in_(tuple(references)), Case.named)
    return set(session.scalars(everywhere(query)))


def _words(draft: Draft) -> str:
    public = render(draft)
    body = read("body", public.body).text
    return "\n".join(filter(None, (public.title, public.summary, public.recovered, body)))


def _opened(items: SealedStore, file: str, held: Mapping[str, Identity]) -> str:
    try:
        return unseal.open_padded(items.get(file), list(held.values())).decode()
    except NoMatchingIdentity as error:
        raise KeyNotHeld from error
    except (SealingError, MissingFile) as error:
        raise CannotOpen from error
