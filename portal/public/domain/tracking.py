"""Looking at a case with its code: fifteen idle minutes, thirty in all, nothing of the report."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Progress, Step
from portal.exchange.statements import REPLY
from portal.public.domain import purposes
from portal.public.domain.minutes import is_over, minute_of
from portal.public.domain.tokens import ForeignToken, Token
from portal.public.models.cases import Case, Reply, Submission
from portal.public.models.tracking import TrackingSession
from portal.sealing.errors import SealingError
from portal.sealing.padding import pad_text, unpad
from portal.sealing.replies import CodeKeys
from portal.sealing.tracking_code import Parsed, TrackingCode, draw
from portal.store import MissingFile, SealedStore

IDLE = timedelta(minutes=15)
WHOLE = timedelta(minutes=30)
# About 150 MiB. The derivations that a look costs keep honest visitors far below it.
MOST_LOOKS = 100_000
OLDEST_AT_ONCE = 5_000
TRACKING = "tracking"
REPORT = "report"
RATE = "rate"
MOST_RATINGS = 20
# What was sealed for the superior is not handled here, so that there is nothing to rate.
RATED_STATES = frozenset({"closed", "transferred", "out_of_scope"})


@dataclass(frozen=True)
class Look:
    """What a typed code opens: its keys under each live pepper, newest first.

    `filled_group`, 1 to 6, and its four digits tell which unreadable digit was computed. `own` is
    a fresh code, drawn for every look: a claim slip may be exchanged for it.
    """

    keys: tuple[CodeKeys, ...]
    filled_group: int | None = None
    filled_digits: str = ""
    own: TrackingCode = field(default_factory=draw, repr=False)

    @classmethod
    def through(cls, parsed: Parsed, keys: tuple[CodeKeys, ...]) -> "Look":
        """Make the look that a parsed code gives."""
        group = parsed.filled_group
        return cls(keys, group, parsed.code.groups[group - 1] if group else "")


@dataclass(frozen=True)
class OpenedReply:
    """Words of the desk; `text` is None when they cannot be opened."""

    purpose: str
    on: date
    text: str | None


@dataclass(frozen=True)
class Sent:
    """That the citizen sent something on a day: `report`, `rate`, or a purpose of words."""

    kind: str
    on: date


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """All that a code shows of its case.

    `possible` are the purposes for which words can be sent now, `answered_on` is the day of the
    answer to what is asked now, `review_asked_on` that of the wish to review this closing, and
    `is_full` says that nothing more can be added.
    """

    reference: str
    received_on: date
    state: str
    state_on: date
    due: date | None
    due_provisional: bool
    steps: tuple[Step, ...]
    replies: tuple[OpenedReply, ...]
    sent: tuple[Sent, ...]
    flags: tuple[str, ...]
    possible: frozenset[str]
    answered_on: date | None
    review_asked_on: date | None
    is_full: bool
    claimed_slip: bool | None

    @property
    def unclaimed(self) -> bool:
        """Whether the code is that of a claim slip, which shows the progress and nothing else."""
        return self.claimed_slip is False

    @property
    def asks(self) -> bool:
        """Whether the desk waits for an answer, and this code may give one."""
        return REPLY in self.possible

    @property
    def can_be_rated(self) -> bool:
        """Whether the case has ended here, and this code may rate it."""
        full = sum(sent.kind == RATE for sent in self.sent) >= MOST_RATINGS
        return self.state in RATED_STATES and not (self.unclaimed or full)

    @property
    def rated_on(self) -> date | None:
        """The day of the newest rating, None before the first."""
        return max((sent.on for sent in self.sent if sent.kind == RATE), default=None)


def begin(session: Session, look: Look, now: datetime) -> Token:
    """Keep a look for half an hour; the same work and size for every code.

    :return: the token that the cookie carries from now on.
    """
    token = Token.draw()
    row = TrackingSession(
        id=token.row_id(TRACKING),
        sealed=token.seal(TRACKING, pad_text(_to_bytes(look))),
        ends_minute=minute_of(now + WHOLE),
    )
    session.add(row)
    return token


def current(session: Session, token: Token | None, seen: datetime, now: datetime) -> Look | None:
    """Return the look that the token keeps; None when it is over or was ended.

    :param seen: when the citizen last did something, aware UTC, as the cookie tells it
    """
    if token is None or now - seen >= IDLE:
        return None
    row = session.get(TrackingSession, token.row_id(TRACKING))
    if row is None or is_over(row.ends_minute, now):
        return None
    try:
        return _from_bytes(unpad(token.open(TRACKING, row.sealed)))
    except ForeignToken:
        return None


def look_with(session: Session, token: Token | None, look: Look) -> None:
    """Go on with other keys in the same look; its end stays where it was."""
    row = session.get(TrackingSession, token.row_id(TRACKING)) if token else None
    if token is not None and row is not None:
        row.sealed = token.seal(TRACKING, pad_text(_to_bytes(look)))


def end(session: Session, token: Token) -> None:
    """Forget a look at once."""
    session.execute(delete(TrackingSession).where(TrackingSession.id == token.row_id(TRACKING)))


def purge_expired(session: Session, now: datetime) -> int:
    """Delete every look whose half hour is over; return how many."""
    over = TrackingSession.ends_minute < minute_of(now)
    gone = session.scalars(delete(TrackingSession).where(over).returning(TrackingSession.id))
    return len(gone.all())


def drop_oldest(session: Session, *, most: int = MOST_LOOKS) -> int:
    """End the looks that began longest ago, until so many are left; return how many.

    Whoever is among them types the code again.
    """
    by_age = select(TrackingSession.id).order_by(TrackingSession.ends_minute.desc())
    oldest = by_age.order_by(TrackingSession.id).offset(most).limit(OLDEST_AT_ONCE).subquery()
    these = delete(TrackingSession).where(TrackingSession.id.in_(select(oldest.c.id)))
    return len(session.scalars(these.returning(TrackingSession.id)).all())


def find_case(session: Session, keys: Sequence[CodeKeys]) -> tuple[Case, CodeKeys] | None:
    """Return the case of a code and those of its keys that open its replies."""
    by_hash = {each.lookup_hash: each for each in keys}
    case = session.scalar(select(Case).where(Case.lookup_hash.in_(by_hash)))
    return (case, by_hash[case.lookup_hash]) if case else None


def case_page(session: Session, items: SealedStore, look: Look) -> CasePage | None:
    """Return what a look shows; None alike for an unknown, an expired and a purged code."""
    found = find_case(session, look.keys)
    if found is None:
        return None
    case, keys = found
    progress = Progress.read(case.progress) if case.progress else None
    submissions = session.scalars(select(Submission).where(Submission.case_id == case.id)).all()
    return CasePage(
        reference=case.reference,
        received_on=case.received_on,
        state=case.state,
        state_on=case.state_on,
        due=progress.due if progress else None,
        due_provisional=bool(progress and progress.due_provisional),
        steps=progress.steps if progress else (Step(case.state, case.state_on),),
        replies=tuple(_opened(reply, items, keys) for reply in _replies(session, case)),
        sent=tuple(_sent(submissions)),
        flags=purposes.flags(case, submissions),
        possible=purposes.possible(case, submissions),
        answered_on=purposes.answered_on(case, submissions),
        review_asked_on=purposes.review_asked_on(case, submissions),
        is_full=purposes.is_full(submissions),
        claimed_slip=case.claimed_slip,
    )


def _replies(session: Session, case: Case) -> Sequence[Reply]:
    rows = session.scalars(select(Reply).where(Reply.case_id == case.id)).all()
    # Parts are named reply-1, reply-2 … reply-10: the number orders them within a day.
    return sorted(rows, key=lambda row: (row.on, len(row.part), row.part), reverse=True)


def _opened(reply: Reply, items: SealedStore, keys: CodeKeys) -> OpenedReply:
    try:
        words = keys.open_reply(items.get(reply.file))
    except (SealingError, MissingFile):
        return OpenedReply(reply.purpose, reply.on, None)
    return OpenedReply(reply.purpose, reply.on, words.text)


def _sent(submissions: Sequence[Submission]) -> list[Sent]:
    sent = (Sent(row.kind, row.on) for row in submissions)
    return sorted(sent, key=lambda one: (one.on, one.kind != REPORT, one.kind))


def _to_bytes(look: Look) -> bytes:
    keys = [
        [each.lookup_id.hex(), each.reply_seed.hex(), each.signing_seed.hex()] for each in look.keys
    ]
    return json.dumps([keys, look.filled_group, look.filled_digits, look.own.digits]).encode()


def _from_bytes(plain: bytes) -> Look:
    keys, group, digits, own = json.loads(plain)
    opened = tuple(CodeKeys(*map(bytes.fromhex, each)) for each in keys)
    return Look(opened, group, digits, TrackingCode(own))
