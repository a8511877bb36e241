"""The record that somebody agreed to be cleared in public: on paper, with a number and an end.

Without it a clarification (澄清正名) tells people of an accusation of which they never heard.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit
from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.drafts import SUBJECT, Draft, Party
from portal.desk.models.notice_consents import NoticeConsent
from portal.desk.models.notices import Notice
from portal.sealing import documents as sealed
from portal.sealing.content import SUITE

WRITTEN, TRANSCRIPT, CALL, OTHER = "written", "transcript", "call", "other"
FORMS = {WRITTEN: "书面", TRANSCRIPT: "当面笔录", CALL: "电话记录", OTHER: "其他"}


class NotCleared(Exception):
    """The notice clears nobody under this token, or is no clarification."""


class UnknownConsent(Exception):
    """The notice has no such consent."""


@dataclass(frozen=True)
class Consent:
    """What somebody agreed to: `on` a day, in one of `FORMS`, on the paper of this number.

    `may_name` says whether the name may stand; `until` is the last day on which it may be shown.
    """

    token: str
    name: str
    on: date
    form: str
    paper: str
    taken_by: str
    may_name: bool
    until: date

    def is_of(self, party: Party) -> bool:
        """Tell whether it is the consent of a party; a token may stand for another by now."""
        return (self.token, self.name) == (party.token, party.name)


@dataclass(frozen=True)
class Opened:
    """A consent with its row, and the words of its withdrawal."""

    row: NoticeConsent
    consent: Consent
    withdrawal: str

    def stands(self, on: date) -> bool:
        """Tell whether it holds on a day."""
        return self.row.withdrawn_at is None and self.consent.until >= on


def cleared(draft: Draft) -> tuple[Party, ...]:
    """Return whom a clarification clears; nobody for any other notice."""
    subjects = (party for party in draft.parties if party.role == SUBJECT)
    return tuple(subjects) if draft.is_clarification else ()


def record(
    session: Session,
    drafts: Drafts,
    notice: Notice,
    consent: Consent,
    *,
    person_id: str,
    now: datetime,
) -> NoticeConsent:
    """Keep a consent of somebody whom the newest draft clears.

    :raises NotCleared: when it clears nobody like this.
    :raises portal.desk.domain.opening.KeyNotHeld, CannotOpen: for who cannot open the draft.
    """
    if not any(map(consent.is_of, cleared(drafts.newest(session, notice).draft))):
        raise NotCleared
    row = NoticeConsent(
        id=secrets.token_hex(16),
        notice_id=notice.id,
        person_id=person_id,
        at=now,
        file=drafts.keep(session, _to_bytes(consent)),
    )
    session.add(row)
    session.flush()
    audit.record(session, person_id=person_id, act="consent-recorded", target=notice.id, now=now)
    return row


def withdraw(
    session: Session,
    drafts: Drafts,
    notice: Notice,
    consent_id: str,
    words: str,
    *,
    person_id: str,
    now: datetime,
) -> None:
    """Note that somebody takes the consent back; a second press changes nothing.

    :raises UnknownConsent: when the notice has none like this.
    """
    row = session.get(NoticeConsent, consent_id, with_for_update=True)
    if row is None or row.notice_id != notice.id:
        raise UnknownConsent
    if row.withdrawn_at is None:
        plain = sealed.to_bytes({"type": "consent-withdrawal", "suite": SUITE, "words": words})
        row.withdrawn_at, row.withdrawn_by = now, person_id
        row.withdrawal = drafts.keep(session, plain)
        session.flush()
        act = "consent-withdrawn"
        audit.record(session, person_id=person_id, act=act, target=notice.id, now=now)


def of_notice(session: Session, drafts: Drafts, notice: Notice) -> list[Opened]:
    """Return the consents of a notice, newest first."""
    query = select(NoticeConsent).where(NoticeConsent.notice_id == notice.id)
    rows = session.scalars(query.order_by(NoticeConsent.at.desc(), NoticeConsent.id))
    return [_opened(drafts, row) for row in rows]


def changed_since(session: Session, notice: Notice, at: datetime) -> bool:
    """Tell whether a consent was recorded after an instant: an approver has not seen it."""
    later = select(NoticeConsent.id).where(
        NoticeConsent.notice_id == notice.id, NoticeConsent.at > at
    )
    return session.scalar(later.limit(1)) is not None


def _to_bytes(consent: Consent) -> bytes:
    days = {"on": consent.on.isoformat(), "until": consent.until.isoformat()}
    kind: dict[str, sealed.Json] = {"type": "notice-consent", "suite": SUITE}
    return sealed.to_bytes({**vars(consent), **days, **kind})


def _opened(drafts: Drafts, row: NoticeConsent) -> Opened:
    fields = sealed.from_bytes(drafts.open(row.file))
    fields.expect("type", "notice-consent")
    fields.expect("suite", SUITE)
    consent = Consent(
        token=fields.text("token"),
        name=fields.text("name"),
        on=fields.day("on"),
        form=fields.text("form"),
        paper=fields.text("paper"),
        taken_by=fields.text("taken_by"),
        may_name=fields.flag("may_name"),
        until=fields.day("until"),
    )
    fields.end()
    return Opened(row, consent, _words(drafts, row))


def _words(drafts: Drafts, row: NoticeConsent) -> str:
    if row.withdrawal is None:
        return ""
    fields = sealed.from_bytes(drafts.open(row.withdrawal))
    fields.expect("type", "consent-withdrawal")
    return fields.text("words")
