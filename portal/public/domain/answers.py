"""A citizen's answer to the desk's question: sealed, signed with the code's key, sent once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.exchange.kinds import Reply
from portal.exchange.outbox import Outbox
from portal.exchange.statements import Statement
from portal.public.domain.tracking import NEED_MORE, REPLY
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.seal import seal_words


class NotAsked(Exception):
    """The desk does not wait for an answer to this case."""


@dataclass(frozen=True)
class SealedAnswer:
    """An answer ready to be sent: sealed words, and the signed statement that covers them."""

    case: str
    words: bytes
    statement: bytes
    signature: bytes


def draw_once() -> str:
    """Draw the number by which one form counts once."""
    return secrets.token_hex(16)


def seal(text: str, case: str, keys: CodeKeys, manifest: Manifest, now: datetime) -> SealedAnswer:
    """Seal an answer to whoever may open the report, and sign it with the code's key."""
    today = local_day(now)
    recipients = [manifest.recipient("intake"), manifest.recipient("recovery")]
    words = seal_words(Words(text, today), recipients)
    statement = Statement.about(
        words, act=secrets.token_hex(16), case=case, purpose=REPLY, on=today
    ).to_bytes()
    return SealedAnswer(case, words, statement, keys.sign(statement))


def send(session: Session, outbox: Outbox, answer: SealedAnswer, once: str, now: datetime) -> None:
    """Queue an answer for the desk and note the day; the same form a second time does nothing.

    :raises NotAsked: when the case is gone or the desk does not wait for an answer.
    """
    case = session.get(Case, answer.case, with_for_update=True)
    if case is None:
        raise NotAsked
    number = hashlib.sha256(f"{case.id} {once}".encode()).hexdigest()
    if session.get(Submission, number) is not None:
        return
    if case.state != NEED_MORE:
        raise NotAsked
    session.add(
        Submission(
            id=number, case_id=case.id, kind=REPLY, on=local_day(now), revision=case.revision
        )
    )
    message = Reply(case=case.id, signature=answer.signature)
    parts = {"statement": answer.statement, "words": answer.words}
    outbox.enqueue(session, Reply.KIND, message.data(), parts, now)
