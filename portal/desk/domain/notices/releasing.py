"""Letting a notice go out: signed, numbered, once; and taking it back with a reason.

Every way out ends in one function, which asks the gate about the very bytes that it signs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import keys
from portal.desk.domain.notices import documents, reviewing, ticks, unsaved
from portal.desk.domain.notices.drafting import NotWritable, State
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Reason, Refused
from portal.desk.domain.notices.reviewing import ChangedSince, Reviewing
from portal.desk.models.keys import Key
from portal.desk.models.notices import Notice, NoticeRelease
from portal.exchange import notices as public
from portal.exchange.kinds import Publication
from portal.exchange.outbox import Outbox
from portal.reference.days import local_day
from portal.store import SealedStore


@dataclass(frozen=True)
class Releasing:
    """An approver, where messages begin, and the key that signs what is released."""

    reviewing: Reviewing
    outbox: Outbox
    signing: Ed25519PrivateKey

    def publish(
        self,
        session: Session,
        notice: Notice,
        *,
        seen: int,
        not_before: datetime | None,
        now: datetime,
    ) -> NoticeRelease:
        """Release the approved version, at once or from an instant on.

        :raises portal.desk.domain.notices.gate.Refused: with every reason that is left.
        :raises ChangedSince, NotWritable: as their names say.
        :raises portal.desk.domain.notices.documents.TooMuchChanged: for a correction.
        """
        if notice.state != State.SUBMITTED:
            raise NotWritable
        if notice.version != seen:
            raise ChangedSince
        drafts = self.reviewing.drafts
        draft = drafts.newest(session, notice).draft
        number = notice.number or self._next_number(session, not_before or now)
        release = documents.Release(
            notice_id=notice.id,
            version=notice.release + 1,
            number=number,
            on=local_day(not_before or now),
            not_before=not_before,
            before=documents.released(session, drafts.items, notice),
        )
        document = documents.published(draft, release)
        self._pass(session, notice, draft, document, release.on)
        notice.number, notice.released_draft = number, notice.version
        notice.published_on, notice.review_on = document.published_on, document.review_on
        notice.answers, notice.expires_on = document.answers, document.expires_on
        notice.state = State.RELEASED
        return self._send(session, notice, document, now, act="notice-released")

    def withdraw(
        self, session: Session, notice: Notice, reason: str, *, seen: int, now: datetime
    ) -> NoticeRelease:
        """Take a released notice back: a tombstone with number, title and reason stays.

        What must be gone must be gone soon: any approver does it alone, whoever wrote it.

        :raises portal.desk.domain.notices.gate.Refused: when the tombstone itself tells too much.
        :raises ChangedSince, NotWritable: as their names say.
        """
        drafts = self.reviewing.drafts
        before = documents.released(session, drafts.items, notice)
        if before is None or before.state == public.WITHDRAWN:
            raise NotWritable
        if notice.release != seen:
            raise ChangedSince
        document = documents.withdrawn(before, notice.release + 1, reason, local_day(now))
        reasons: list[Reason] = []
        # A correction that was begun may know more people, and nobody approved whom it names.
        for number in {notice.released_draft or notice.version, notice.version}:
            draft = drafts.version(session, notice, number).draft
            reasons += self.reviewing.judge(
                session, notice, draft, document, local_day(now)
            ).reasons
        if reasons:
            raise Refused(tuple(dict.fromkeys(reasons)))
        notice.state, notice.review_on = State.WITHDRAWN, None
        unsaved.forget_notice(session, drafts.items, notice.id)
        return self._send(session, notice, document, now, act="notice-withdrawn")

    def _pass(
        self, session: Session, notice: Notice, draft: Draft, document: public.Notice, on: date
    ) -> None:
        reasons = list(self.reviewing.judge(session, notice, draft, document, on).reasons)
        approval = reviewing.approval(session, notice)
        if approval is None:
            reasons.append(Reason.NOT_APPROVED)
        elif draft.is_named and not approval.naming:
            reasons.append(Reason.NAMING)
        if ticks.missing(session, notice, draft):
            reasons.append(Reason.REPORTER)
        self.reviewing.refuse_authors(session, notice)
        if reasons:
            raise Refused(reasons)

    def _send(
        self, session: Session, notice: Notice, document: public.Notice, now: datetime, *, act: str
    ) -> NoticeRelease:
        signed = public.sign_notice(document, self.signing)
        notice.release = document.version
        row = NoticeRelease(
            notice_id=notice.id,
            number=document.version,
            draft=notice.version,
            state=document.state,
            person_id=self.reviewing.person_id,
            at=now,
            not_before=document.not_before,
            message_id=send(session, self.outbox, document, signed, now),
            digest=sha256(signed).hexdigest(),
            file=self.reviewing.drafts.items.put_for(session, signed),
            deputy_for=self.reviewing.deputy_for,
        )
        session.add(row)
        session.flush()
        self.reviewing.record(session, act, notice.number or "", now)
        return row

    def _next_number(self, session: Session, on: datetime) -> str:
        # Two who release at once stand in line: a number is given once.
        session.scalars(select(Key).where(Key.kind == keys.NOTICES).with_for_update()).all()
        year = str(local_day(on).year)
        given = session.scalars(select(Notice.number).where(Notice.number.startswith(f"{year}-")))
        last = max((int(one.partition("-")[2]) for one in given if one), default=0)
        return f"{year}-{last + 1:04}"


def send(
    session: Session, outbox: Outbox, document: public.Notice, signed: bytes, now: datetime
) -> str:
    """Queue a signed document for the public side; return the message's id."""
    data = Publication(document.notice, document.version).data()
    return outbox.enqueue(session, Publication.KIND, data, {"document": signed}, now)


@dataclass(frozen=True)
class Retold:
    """Tells a public side that lost what it had."""

    items: SealedStore
    outbox: Outbox

    def tell(self, session: Session, now: datetime) -> None:
        """Queue the newest release of every notice anew, the very bytes that were signed."""
        newest = select(NoticeRelease).join(
            Notice,
            (Notice.id == NoticeRelease.notice_id) & (Notice.release == NoticeRelease.number),
        )
        for row in session.scalars(newest.order_by(NoticeRelease.notice_id)).all():
            signed = self.items.get(row.file)
            document = public.own_notice(signed)
            row.message_id = send(session, self.outbox, document, signed, now)
        session.flush()
