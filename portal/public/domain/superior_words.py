"""What a citizen adds after the report went to the superior: sealed for it, on the same way.

The desk learns nothing of it: no message, and words that no key of this commission opens.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.exchange.kinds import Reply
from portal.exchange.statements import ADD, Statement
from portal.public.domain import answers
from portal.public.models.cases import Case
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.superior import LaterForSuperior, seal_for_superior
from portal.store import SealedStore
from portal.superior.folder import receipt_id
from portal.superior.tables import SuperiorItem


@dataclass(frozen=True)
class SealedAddition:
    """Words ready to go to the superior; `id` is the hash of the receipt inside."""

    case: str
    id: str
    sealed: bytes


def seal(
    text: str, case: Case, keys: CodeKeys, manifest: Manifest, now: datetime
) -> SealedAddition:
    """Seal an addition to the superior's keys, signed with the code's key."""
    receipt, today = secrets.token_hex(16), local_day(now)
    words = Words(text, today).to_bytes()
    statement = Statement.about(
        words, act=secrets.token_hex(16), case=case.id, purpose=ADD, on=today
    ).to_bytes()
    later = LaterForSuperior(
        kind=Reply.KIND,
        data=json.dumps(Reply(case.id, keys.sign(statement)).data()),
        parts={"statement": statement, "words": words},
        receipt=receipt,
        reference=case.reference,
        text=text,
    )
    return SealedAddition(case.id, receipt_id(receipt), seal_for_superior(later, manifest))


def send(
    session: Session, store: SealedStore, addition: SealedAddition, once: str, now: datetime
) -> None:
    """Keep an addition for the superior and note the day; the same form twice does it once.

    :raises portal.public.domain.purposes.NotPossible, portal.public.domain.purposes.TooMany: when
        the case is gone, or takes nothing more.
    """
    if answers.note_sent(session, addition.case, ADD, once, now):
        session.add(SuperiorItem(id=addition.id, file=store.put_for(session, addition.sealed)))
