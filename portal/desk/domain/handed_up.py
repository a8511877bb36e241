"""What stays of a case that went to the superior, and what becomes of what comes for it later."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain.moves import SEALED_FOR_SUPERIOR
from portal.desk.models.cases import Case
from portal.desk.models.hand_ups import HandedUpCase
from portal.exchange.inbox import Handler
from portal.exchange.kinds import Progress, Step
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import Wait
from portal.reference.days import COUNTY_ZONE
from portal.sealing.manifest import Manifest, ManifestError
from portal.sealing.superior import LaterForSuperior, seal_for_superior
from portal.store import SealedStore
from portal.superior.folder import receipt_id
from portal.superior.tables import SuperiorItem


@dataclass(frozen=True)
class PassingOn:
    """Lets what comes for a case that was handed up follow it; `latest` gives the keys in force."""

    superior: SealedStore
    latest: Callable[[], Manifest]

    def around(self, handler: Handler) -> Handler:
        """Return a handler that passes such messages on and gives every other to `handler`."""

        def receive(session: Session, message: Message, now: datetime) -> None:
            if message.case is not None and is_handed_up(session, message.case):
                self._pass_on(session, message)
            else:
                handler(session, message, now)

        return receive

    def _pass_on(self, session: Session, message: Message) -> None:
        receipt = secrets.token_hex(16)
        later = LaterForSuperior(
            kind=message.kind, data=json.dumps(message.data), parts=message.parts, receipt=receipt
        )
        try:
            sealed = seal_for_superior(later, self.latest())
        except ManifestError as error:
            raise Wait("no manifest") from error
        keep_sealed(session, self.superior, receipt, sealed)


def remember(session: Session, case: Case, once: str, today: date) -> None:
    """Remember that a case is handed up today, and no more of it than its messages need."""
    session.add(
        HandedUpCase(
            case_id=case.id,
            revision=case.revision,
            on=today,
            followed=case.is_followed,
            once=once,
        )
    )


def is_handed_up(session: Session, case_id: str) -> bool:
    """Tell whether a case was handed up, so that nothing of it belongs here."""
    return session.get(HandedUpCase, case_id) is not None


def done_with(session: Session, once: str) -> bool:
    """Tell whether a form's button did its work before."""
    query = select(HandedUpCase.case_id).where(HandedUpCase.once == once)
    return session.scalar(query) is not None


def tell_again(session: Session, outbox: Outbox) -> None:
    """Tell a public side that was put back which cases went to the superior."""
    followed = select(HandedUpCase).where(HandedUpCase.followed.is_(True))
    for one in session.scalars(followed.order_by(HandedUpCase.case_id)):
        steps = (Step(SEALED_FOR_SUPERIOR, one.on),)
        told = Progress(case=one.case_id, revision=one.revision, steps=steps)
        noon = datetime.combine(one.on, time(12), COUNTY_ZONE)
        outbox.enqueue(session, Progress.KIND, told.data(), {}, noon)


def keep_sealed(session: Session, store: SealedStore, receipt: str, sealed: bytes) -> SuperiorItem:
    """Keep what is sealed for the superior until its receipt comes; the file is durable now."""
    item = SuperiorItem(id=receipt_id(receipt), file=store.put_for(session, sealed))
    session.add(item)
    session.flush()
    return item
