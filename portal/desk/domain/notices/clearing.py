"""What keeps a clarification in: no consent, longer than consented, or read by fewer people.

It is held against the document that goes out, and again, every day, against the one that is out.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from portal.desk.domain.notices import consents, documents
from portal.desk.domain.notices.consents import Opened
from portal.desk.domain.notices.drafting import Drafts, State
from portal.desk.domain.notices.drafts import CLARIFICATION, Draft, Party
from portal.desk.domain.notices.gate import Reason
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.notice_consents import NoticeConsent
from portal.desk.models.notices import Notice
from portal.exchange import notices as public


def against(
    session: Session,
    drafts: Drafts,
    notice: Notice,
    draft: Draft,
    *,
    document: public.Notice,
    on: date,
) -> tuple[Reason, ...]:
    """Return what keeps a clarification from being shown on a day; nothing for other notices."""
    if not draft.is_clarification:
        return ()
    kept = consents.of_notice(session, drafts, notice)
    people = consents.cleared(draft)
    found = [] if people else [Reason.CONSENT]
    for party in people:
        found += _of_person(draft, party, _newest(kept, party), document, on)
    found += _of_answered(session, drafts, notice, document)
    return tuple(dict.fromkeys(found))


def troubled(session: Session, drafts: Drafts, today: date) -> dict[str, tuple[Reason, ...]]:
    """Return the clarifications that are out and should not be any more, each with the reasons.

    What ended by itself is shown no more, and nobody's trouble.
    """
    query = select(Notice).where(
        Notice.release > 0,
        Notice.state != State.WITHDRAWN,
        exists().where(NoticeConsent.notice_id == Notice.id),
    )
    found = {}
    for notice in session.scalars(query.order_by(Notice.number)):
        reasons = _trouble(session, drafts, notice, today)
        if reasons:
            found[notice.id] = reasons
    return found


def answering(session: Session, notice: Notice) -> list[Notice]:
    """Return the clarifications that are out and answer a notice."""
    if notice.number is None:
        return []
    query = select(Notice).where(
        Notice.answers == notice.number, Notice.release > 0, Notice.state != State.WITHDRAWN
    )
    return list(session.scalars(query.order_by(Notice.number)))


def answered(session: Session, number: str) -> Notice | None:
    """Return the notice of a number that went out, whether it still is or was withdrawn."""
    query = select(Notice).where(Notice.number == number, Notice.release > 0)
    return session.scalar(query)


def _trouble(session: Session, drafts: Drafts, notice: Notice, today: date) -> tuple[Reason, ...]:
    document = documents.released(session, drafts.items, notice)
    if document is None or (document.expires_on and document.expires_on < today):
        return ()
    try:
        draft = drafts.version(session, notice, notice.released_draft or 0).draft
        return against(session, drafts, notice, draft, document=document, on=today)
    except (KeyNotHeld, CannotOpen):
        return ()


def _newest(kept: Iterable[Opened], party: Party) -> Opened | None:
    return next((one for one in kept if one.consent.is_of(party)), None)


def _of_person(
    draft: Draft, party: Party, given: Opened | None, document: public.Notice, on: date
) -> list[Reason]:
    if given is None:
        return [Reason.CONSENT]
    if not given.stands(on):
        return [Reason.CONSENT_OVER]
    last = document.expires_on
    found = {
        Reason.CONSENT_NAME: draft.shows_name(party) and not given.consent.may_name,
        Reason.CONSENT_DAYS: last is None or not on <= last <= given.consent.until,
    }
    return [reason for reason, stands in found.items() if stands]


def _of_answered(
    session: Session, drafts: Drafts, notice: Notice, document: public.Notice
) -> list[Reason]:
    """Hold a clarification against the notice that it answers: whoever finds one finds both."""
    if document.answers is None:
        return []
    other = answered(session, document.answers)
    theirs = documents.released(session, drafts.items, other) if other else None
    if other is None or other.id == notice.id or theirs is None or theirs.kind == CLARIFICATION:
        return [Reason.ANSWERED]
    alike = (theirs.area, theirs.region) == (document.area, document.region)
    return [] if alike else [Reason.REACH]
