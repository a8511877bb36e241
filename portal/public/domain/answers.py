"""A citizen's further words: sealed, signed with the code's key for one purpose, sent once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Reply
from portal.exchange.outbox import Outbox
from portal.exchange.statements import REPLY, Statement
from portal.public.domain import purposes
from portal.public.domain.purposes import NotPossible
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.seal import seal_words


@dataclass(frozen=True)
class SealedAnswer:
    """Words ready to be sent: sealed, with the signed statement that covers them."""

    case: str
    purpose: str
    words: bytes
    statement: bytes
    signature: bytes


def draw_once() -> str:
    """Draw the number by which one form counts once."""
    return secrets.token_hex(16)


def seal(
    text: str,
    case: str,
    keys: CodeKeys,
    manifest: Manifest,
    now: datetime,
    *,
    purpose: str = REPLY,
    pressed: str | None = None,
) -> SealedAnswer:
    """Seal words to whoever may open the report, and sign them with the code's key.

    :param pressed: of a withdrawal alone, as in `Words`
    """
    today = local_day(now)
    recipients = [manifest.recipient("intake"), manifest.recipient("recovery")]
    words = seal_words(Words(text, today, pressed), recipients)
    statement = Statement.about(
        words, act=secrets.token_hex(16), case=case, purpose=purpose, on=today
    ).to_bytes()
    return SealedAnswer(case, purpose, words, statement, keys.sign(statement))


def send(session: Session, outbox: Outbox, answer: SealedAnswer, once: str, now: datetime) -> None:
    """Queue words for the desk and note the day; the same form a second time does nothing.

    :raises NotPossible, portal.public.domain.purposes.TooMany: as `note_sent`.
    """
    if note_sent(session, answer.case, answer.purpose, once, now):
        message = Reply(case=answer.case, signature=answer.signature)
        parts = {"statement": answer.statement, "words": answer.words}
        outbox.enqueue(session, Reply.KIND, message.data(), parts, now)


def note_sent(session: Session, case_id: str, purpose: str, once: str, now: datetime) -> bool:
    """Note that words of a purpose are sent today; False for a form that was sent before.

    :raises NotPossible, portal.public.domain.purposes.TooMany: when the case is gone, or takes no
        words of this purpose now.
    """
    case = session.get(Case, case_id, with_for_update=True)
    if case is None:
        raise NotPossible
    number = hashlib.sha256(f"{case.id} {once}".encode()).hexdigest()
    if session.get(Submission, number) is not None:
        return False
    sent = session.scalars(select(Submission).where(Submission.case_id == case.id)).all()
    purposes.check(purpose, case, sent)
    today, revision = local_day(now), case.revision
    session.add(Submission(id=number, case_id=case.id, kind=purpose, on=today, revision=revision))
    return True
