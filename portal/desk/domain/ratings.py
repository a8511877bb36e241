"""Ratings as they arrive: kept sealed, the newest genuine one of each case; none is opened here."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain.intake import statement_of
from portal.desk.models.cases import Case
from portal.desk.models.ratings import CaseRating
from portal.exchange.kinds import Rating
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.exchange.statements import Statement
from portal.sealing.replies import verify_signature
from portal.store import SealedStore

RATE = "rate"


@dataclass(frozen=True)
class RatingBox:
    """Takes in `rating` messages; `items` keeps the sealed ratings."""

    items: SealedStore

    def receive(self, session: Session, message: Message, _now: datetime) -> None:
        """Keep a rating in place of the one before it; one that is known already changes nothing.

        :raises Wait: until the report is here and was opened: the key that checks is inside it.
        :raises Park: when the signature is not by the case's own code.
        """
        rating = Rating.read(message.data)
        statement = statement_of(message, rating, RATE)
        case = session.get(Case, rating.case, with_for_update=True)
        if case is None:
            raise Wait("unknown case")
        if case.verify_key is None:
            raise Wait("report not opened")
        signed = message.parts["statement"]
        if not verify_signature(bytes.fromhex(case.verify_key), rating.signature, signed):
            raise Park("not signed by the code")
        if session.get(CaseRating, statement.act) is None:
            self._keep(session, message, rating, statement)

    def _keep(
        self, session: Session, message: Message, rating: Rating, statement: Statement
    ) -> None:
        before = _counted(session, rating.case)
        newest = before is None or before.on <= statement.on
        if newest and before is not None and before.file is not None:
            self.items.discard_after_commit(session, before.file)
            before.file = None
        session.add(
            CaseRating(
                id=statement.act,
                case_id=rating.case,
                on=statement.on,
                statement=message.parts["statement"].decode(),
                signature=rating.signature.hex(),
                file=self.items.put_for(session, message.parts["words"]) if newest else None,
            )
        )


def is_rated(session: Session, case_id: str) -> bool:
    """Tell whether the reporter rated a case: all that whoever works on it may know."""
    return _counted(session, case_id) is not None


def _counted(session: Session, case_id: str) -> CaseRating | None:
    query = select(CaseRating).where(CaseRating.case_id == case_id, CaseRating.file.is_not(None))
    return session.scalar(query)
