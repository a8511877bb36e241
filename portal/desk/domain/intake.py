"""What arrives from the public side: sealed reports, and the words that follow them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import calendar, clocks, progress, restoring
from portal.desk.domain.terms import Done
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseWords
from portal.exchange.kinds import Reply, Report, Signed
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import BadSchema, Park, Wait
from portal.exchange.statements import Statement
from portal.reference.days import local_day
from portal.reference.workdays import add_working_days
from portal.sealing.replies import verify_signature
from portal.store import SealedStore

RECEIVED = "received"
ANSWERED = "answered"
REPLY = "reply"


@dataclass(frozen=True)
class Letterbox:
    """Takes in messages of the public side; opens nothing.

    `first_look_days` are the working days within which a report is to be looked at.
    """

    items: SealedStore
    outbox: Outbox
    first_look_days: int

    def receive_report(self, session: Session, message: Message, _now: datetime) -> None:
        """Register a sealed report; one that is known already changes nothing.

        :raises Park: when its reference belongs to another report.
        """
        report = Report.read(message.data)
        if session.get(Case, report.case) is not None:
            return
        if session.scalar(select(Case.id).where(Case.reference == report.reference)):
            raise Park("reference taken")
        known = calendar.load(session)
        look_by = add_working_days(message.day, self.first_look_days, known)
        case = Case(
            id=report.case,
            reference=report.reference,
            received_on=message.day,
            look_by=look_by.day,
            look_by_provisional=look_by.provisional,
            state=RECEIVED,
            state_on=message.day,
            revision=0,
            intake_key=report.keys["intake"],
            content_file=self.items.put_for(session, message.parts["content"]),
            identity_file=self.items.put_for(session, message.parts["identity"]),
        )
        session.add(case)
        session.flush()
        restoring.found(session, case.id)
        clocks.start(session, case, known)
        progress.note(session, case, RECEIVED, None, message.day)

    def receive_reply(self, session: Session, message: Message, now: datetime) -> None:
        """Keep a citizen's words; genuine ones end the waiting for them.

        :raises Wait: while the report is not here yet.
        :raises Park: when the signed statement is not about these words.
        """
        reply = Reply.read(message.data)
        statement = statement_of(message, reply, REPLY)
        case = session.get(Case, reply.case, with_for_update=True)
        if case is None:
            raise Wait("unknown case")
        if session.get(CaseWords, statement.act) is not None:
            return
        words = CaseWords(
            id=statement.act,
            case_id=case.id,
            on=statement.on,
            genuine=None,
            statement=message.parts["statement"].decode(),
            signature=reply.signature.hex(),
            file=self.items.put_for(session, message.parts["words"]),
            read_on=None,
        )
        judge(words, case)
        session.add(words)
        if words.genuine and case.previous_state is not None:
            self._resume(session, case, local_day(now))

    def _resume(self, session: Session, case: Case, today: date) -> None:
        case.state, case.previous_state = case.previous_state or case.state, None
        case.state_on = today
        clocks.after_act(session, case, Done(ANSWERED, today), calendar.load(session))
        progress.note(session, case, ANSWERED, None, today)
        progress.send(session, self.items, self.outbox, case, today)


def judge(words: CaseWords, case: Case) -> None:
    """Say whether the case's own code signed the words, once the report told its key."""
    if case.verify_key is not None:
        words.genuine = verify_signature(
            bytes.fromhex(case.verify_key),
            bytes.fromhex(words.signature),
            words.statement.encode(),
        )


def statement_of(message: Message, signed: Signed, purpose: str) -> Statement:
    """Return what a citizen signed, for one purpose and about the words that came with it.

    :raises Park: when it is none, or about something else.
    """
    try:
        statement = Statement.from_bytes(message.parts["statement"])
    except BadSchema as error:
        raise Park("bad statement") from error
    same = statement.case == signed.case and statement.purpose == purpose
    if not (same and statement.covers(message.parts["words"])):
        raise Park("statement about something else")
    return statement
