"""How satisfied a citizen is: sealed to the statistics key, signed with the code's key.

The newest rating counts. The site keeps the day of each, and nothing that tells what it says.
"""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Rating as RatingMessage
from portal.exchange.outbox import Outbox
from portal.exchange.statements import Statement
from portal.public.domain.answers import SealedAnswer
from portal.public.domain.tracking import MOST_RATINGS, RATE, RATED_STATES
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.sealing.manifest import Manifest
from portal.sealing.ratings import Rating, seal_rating
from portal.sealing.replies import CodeKeys


class NotEnded(Exception):
    """The case is gone, it has not ended, or its claim slip was not exchanged."""


class TooManyRatings(NotEnded):
    """It was rated anew as often as the desk takes in for one report."""


def seal(
    rating: Rating, case: str, keys: CodeKeys, manifest: Manifest, now: datetime
) -> SealedAnswer:
    """Seal a rating to the statistics and recovery keys, and sign it with the code's key."""
    today = local_day(now)
    recipients = [manifest.recipient("statistics"), manifest.recipient("recovery")]
    words = seal_rating(rating, recipients)
    statement = Statement.about(
        words, act=secrets.token_hex(16), case=case, purpose=RATE, on=today
    ).to_bytes()
    return SealedAnswer(case, RATE, words, statement, keys.sign(statement))


def send(session: Session, outbox: Outbox, sealed: SealedAnswer, once: str, now: datetime) -> None:
    """Queue a rating for the desk and note the day; the same form a second time does nothing.

    :raises NotEnded, TooManyRatings: as their names say.
    """
    case = session.get(Case, sealed.case, with_for_update=True)
    if case is None:
        raise NotEnded
    number = hashlib.sha256(f"{case.id} {once}".encode()).hexdigest()
    if session.get(Submission, number) is not None:
        return
    if case.state not in RATED_STATES or case.is_unclaimed:
        raise NotEnded
    rated = Submission.case_id == case.id, Submission.kind == RATE
    if (session.scalar(select(func.count()).where(*rated)) or 0) >= MOST_RATINGS:
        raise TooManyRatings
    row = Submission(
        id=number, case_id=case.id, kind=RATE, on=local_day(now), revision=case.revision
    )
    session.add(row)
    message = RatingMessage(case=case.id, signature=sealed.signature)
    parts = {"statement": sealed.statement, "words": sealed.words}
    outbox.enqueue(session, RatingMessage.KIND, message.data(), parts, now)
