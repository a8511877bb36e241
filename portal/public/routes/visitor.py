"""What this visitor's cookie carries: tokens that find and open rows, never what was typed."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

from flask import session
from sqlalchemy.orm import Session

from portal.public.domain import tracking
from portal.public.domain.admission import BEGIN, GO_ON
from portal.public.domain.drafts import Draft, DraftMoved, DraftPlace, Filed, Found
from portal.public.domain.tokens import Token
from portal.public.domain.tracking import Look
from portal.public.house import public_house
from portal.reference.days import utcnow

DRAFT = "draft"
HELPER = "helper"
LOOK = "look"
SEEN = "seen"
LOOKS = 5


def draft_token() -> Token | None:
    """Return the token of this visitor's draft, if there ever was one."""
    return Token.from_cookie(session.get(DRAFT))


def find_draft() -> Found | None:
    """Return this visitor's draft or stub; reads in a transaction of its own.

    Another tab may write just now: then its row is read again.
    """
    token = draft_token()
    if token is None:
        return None
    for _attempt in range(LOOKS):
        with suppress(DraftMoved), public_house().database.reading() as reader:
            return DraftPlace(reader, public_house().drafts, token).find(utcnow())
    return None


def admit(begun: object) -> None:
    """Check that there is room to write, more of it for whoever has begun nothing.

    :raises portal.public.domain.admission.Closed: when nothing can be taken.
    """
    public_house().admit(utcnow(), times=GO_ON if begun else BEGIN)


def unfinished_draft() -> Draft | None:
    """Return this visitor's draft when it is not filed yet."""
    found = find_draft()
    return found.draft if found else None


def filed_report() -> Filed | None:
    """Return the stub of what this visitor filed within the hour."""
    found = find_draft()
    return found.filed if found else None


def remember_draft(token: Token) -> None:
    """Let the cookie carry the draft's token, and live on from now."""
    session[DRAFT] = token.cookie_value
    session.modified = True


def forget_draft() -> None:
    """Let the cookie lose its draft; what was filed stays filed."""
    session.pop(DRAFT, None)


def begin(*, by_helper: bool, own_phone: bool) -> None:
    """Note who types and on whose phone; both are known before anything is stored."""
    session.permanent = own_phone
    session[HELPER] = by_helper


def is_helper() -> bool:
    """Whether somebody types for somebody else."""
    return bool(session.get(HELPER))


def is_own_phone() -> bool:
    """Whether this phone is the citizen's own, so that a draft may stay for a day."""
    return bool(session.permanent)


def remember_look(token: Token, now: datetime) -> None:
    """Let the cookie carry the token of a look at a case."""
    session[LOOK] = token.cookie_value
    session[SEEN] = int(now.timestamp())


def look_token() -> Token | None:
    """Return the token of this visitor's look at a case, if there ever was one."""
    return Token.from_cookie(session.get(LOOK))


def current_look(reader: Session, now: datetime) -> Look | None:
    """Return this visitor's look at a case, and count this as doing something."""
    seen = datetime.fromtimestamp(0, UTC) + timedelta(seconds=session.get(SEEN, 0))
    look = tracking.current(reader, look_token(), seen, now)
    if look is not None:
        session[SEEN] = int(now.timestamp())
    return look
