"""Somebody else's look: an approver accepts findings with reasons, returns a draft or approves it.

Who saved any version of a notice decides nothing about it. An approval is good for the version
that was looked at; whatever is saved later needs another one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, units
from portal.desk.domain.notices import clearing, consents, documents, drafting, gate, ticks
from portal.desk.domain.notices.documents import UNNUMBERED, Release, TooMuchChanged
from portal.desk.domain.notices.drafting import Drafts, NotWritable, State
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Key, Reason, Refused, Verdict
from portal.desk.domain.notices.inspecting import Problem
from portal.desk.models.notices import (
    Notice,
    NoticeAcceptance,
    NoticeReview,
)
from portal.exchange import notices as public
from portal.reference.days import local_day
from portal.sealing import documents as sealed
from portal.sealing.content import SUITE
from portal.text.readings import read


class ChangedSince(Exception):
    """Somebody saved a version since the page was opened."""


@dataclass(frozen=True)
class Acceptance:
    """A finding that was accepted: which, why, by whom, and for whom when it was a deputy."""

    key: Key
    reason: str
    person_id: str
    deputy_for: str | None


@dataclass(frozen=True)
class Reviewing:
    """One person who may decide, with the drafts they open; `own` names the commission.

    `deputy_for` is the approver for whom a deputy decides.
    """

    drafts: Drafts
    person_id: str
    own: str
    deputy_for: str | None = None

    def accept(
        self,
        session: Session,
        notice: Notice,
        problems: Sequence[Problem],
        reason: str,
        now: datetime,
    ) -> None:
        """Accept findings as they stand, with one reason.

        :raises portal.desk.domain.notices.gate.Refused: for who wrote any version.
        """
        self.refuse_authors(session, notice)
        for problem in problems:
            plain = sealed.to_bytes(
                {"type": "notice-acceptance", "suite": SUITE, "reason": reason, "key": problem.key}
            )
            row = NoticeAcceptance(
                id=secrets.token_hex(16),
                notice_id=notice.id,
                person_id=self.person_id,
                at=now,
                file=self.drafts.keep(session, plain),
                deputy_for=self.deputy_for,
            )
            session.add(row)
        session.flush()
        self.record(session, "notice-accepted", notice.id, now)

    def give_back(
        self, session: Session, notice: Notice, words: str, *, seen: int, now: datetime
    ) -> None:
        """Return a draft to its editors with words.

        :raises portal.desk.domain.notices.gate.Refused: for who wrote any version.
        :raises ChangedSince, NotWritable: as their names say.
        """
        self.check(session, notice, seen)
        plain = sealed.to_bytes({"type": "notice-return", "suite": SUITE, "words": words})
        self._keep(session, notice, now, file=self.drafts.keep(session, plain))
        notice.state = State.RETURNED
        self.record(session, "notice-returned", notice.id, now)

    def approve(
        self, session: Session, notice: Notice, *, naming: bool, seen: int, now: datetime
    ) -> None:
        """Approve the version that was seen, when nothing is left that keeps it from going out.

        :param naming: whether the approver said apart that names may be printed
        :raises portal.desk.domain.notices.gate.Refused: with every reason that is left.
        :raises ChangedSince, NotWritable: as their names say.
        """
        self.check(session, notice, seen)
        draft = self.drafts.newest(session, notice).draft
        reasons = list(self.verdict(session, notice, draft, local_day(now)).reasons)
        if draft.is_named and not naming:
            reasons.append(Reason.NAMING)
        if ticks.missing(session, notice, draft):
            reasons.append(Reason.REPORTER)
        if reasons:
            raise Refused(reasons)
        self._keep(session, notice, now, approved=True, naming=naming)
        self.record(session, "notice-approved", notice.id, now)

    def verdict(self, session: Session, notice: Notice, draft: Draft, today: date) -> Verdict:
        """Say what keeps the document that a draft would become today from going out."""
        try:
            document = documents.published(draft, next_release(session, self.drafts, notice, today))
        except TooMuchChanged:
            return Verdict((), (), (), (Reason.TOO_LONG,))
        return self.judge(session, notice, draft, document, today)

    def judge(
        self, session: Session, notice: Notice, draft: Draft, document: public.Notice, on: date
    ) -> Verdict:
        """Ask the gate about the exact bytes of a document, with what stands accepted.

        A clarification that is to be shown on a day is held against the consent of who is cleared.
        """
        known = units.names(session)
        accepted = self.accepted(session, notice)
        verdict = gate.judge(document.to_bytes(), draft, accepted, self.own, known)
        if document.state == public.WITHDRAWN:
            return verdict
        more = clearing.against(session, self.drafts, notice, draft, document=document, on=on)
        return replace(verdict, reasons=(*verdict.reasons, *more))

    def accepted(self, session: Session, notice: Notice) -> set[Key]:
        """Return the keys of the findings that stand accepted."""
        return {one.key for one in self.acceptances(session, notice)}

    def acceptances(self, session: Session, notice: Notice) -> list[Acceptance]:
        """Return what was accepted by people who wrote no version of the notice, nor for one."""
        wrote = drafting.authors(session, notice)
        query = select(NoticeAcceptance).where(NoticeAcceptance.notice_id == notice.id)
        return [
            self._opened(row)
            for row in session.scalars(query.order_by(NoticeAcceptance.at, NoticeAcceptance.id))
            if not wrote & {row.person_id, row.deputy_for}
        ]

    def refuse_authors(self, session: Session, notice: Notice) -> None:
        """Let nobody decide about what they wrote, and no deputy about what their approver wrote.

        :raises portal.desk.domain.notices.gate.Refused: for who saved any version.
        """
        if drafting.authors(session, notice) & {self.person_id, self.deputy_for}:
            raise Refused([Reason.OWN])

    def check(self, session: Session, notice: Notice, seen: int) -> None:
        """Let somebody decide about a version that waits, and that they did not write.

        :raises portal.desk.domain.notices.gate.Refused: for who saved any version.
        :raises ChangedSince, NotWritable: as their names say.
        """
        self.refuse_authors(session, notice)
        if notice.state != State.SUBMITTED:
            raise NotWritable
        if notice.version != seen:
            raise ChangedSince

    def _opened(self, row: NoticeAcceptance) -> Acceptance:
        fields = sealed.from_bytes(self.drafts.open(row.file))
        fields.expect("type", "notice-acceptance")
        fields.expect("suite", SUITE)
        kind, before, text, after = fields.texts("key")
        return Acceptance(
            (kind, before, text, after), fields.text("reason"), row.person_id, row.deputy_for
        )

    def _keep(
        self,
        session: Session,
        notice: Notice,
        now: datetime,
        *,
        approved: bool = False,
        naming: bool = False,
        file: str | None = None,
    ) -> None:
        review = NoticeReview(
            id=secrets.token_hex(16),
            notice_id=notice.id,
            version=notice.version,
            person_id=self.person_id,
            at=now,
            approved=approved,
            naming=naming,
            file=file,
            deputy_for=self.deputy_for,
        )
        session.add(review)
        session.flush()

    def record(self, session: Session, act: str, target: str, now: datetime) -> None:
        """Write an act into the audit log, and for whom it was when a deputy did it."""
        audit.record(session, person_id=self.person_id, act=act, target=target, now=now)
        if self.deputy_for is not None:
            by, whom = self.person_id, self.deputy_for
            audit.record(session, person_id=by, act="deputy-acted", target=whom, now=now)


def submit(
    session: Session, drafts: Drafts, notice: Notice, *, seen: int, person_id: str, now: datetime
) -> None:
    """Lay a draft before the approvers, and before custodians if it comes from a named report.

    What lies there already stays.

    :raises ChangedSince, NotWritable: as their names say.
    :raises portal.desk.domain.opening.KeyNotHeld, CannotOpen: for who cannot open it.
    """
    if notice.state == State.SUBMITTED and notice.version == seen:
        return
    if notice.state not in {State.DRAFT, State.RETURNED}:
        raise NotWritable
    if notice.version != seen:
        raise ChangedSince
    ticks.ask(session, drafts.items, notice, drafts.newest(session, notice).draft)
    notice.state = State.SUBMITTED
    audit.record(session, person_id=person_id, act="notice-submitted", target=notice.id, now=now)


def approval(session: Session, notice: Notice) -> NoticeReview | None:
    """Return the approval of the newest version; None while there is none, or it was returned.

    A consent that was taken since was not seen by who approved.
    """
    newest = next(iter(reviews(session, notice)), None)
    if newest is None or not newest.approved or newest.version != notice.version:
        return None
    return None if consents.changed_since(session, notice, newest.at) else newest


def reviews(session: Session, notice: Notice) -> list[NoticeReview]:
    """Return every decision about a notice, newest first."""
    query = select(NoticeReview).where(NoticeReview.notice_id == notice.id)
    return list(
        session.scalars(query.order_by(NoticeReview.at.desc(), NoticeReview.version.desc()))
    )


def returned_words(drafts: Drafts, review: NoticeReview) -> str:
    """Return what an approver wrote with a return; empty for an approval."""
    if review.file is None:
        return ""
    fields = sealed.from_bytes(drafts.open(review.file))
    fields.expect("type", "notice-return")
    return fields.text("words")


def next_release(session: Session, drafts: Drafts, notice: Notice, today: date) -> Release:
    """Return what the next release of a notice would be called."""
    return Release(
        notice_id=notice.id,
        version=notice.release + 1,
        number=notice.number or UNNUMBERED,
        on=today,
        before=documents.released(session, drafts.items, notice),
    )


def released_text(session: Session, drafts: Drafts, notice: Notice) -> str:
    """Return what is out as plain text, to be copied elsewhere; empty unless something is."""
    document = documents.released(session, drafts.items, notice)
    if document is None or document.state == public.WITHDRAWN:
        return ""
    return f"{document.title}\n{read('body', document.body).text}"
