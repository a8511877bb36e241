"""What arrives from the public side: sealed reports, and the words that follow them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.desk.domain import calendar, clocks, moves, progress, references, restoring
from portal.desk.domain.terms import Done
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseWords
from portal.exchange.kinds import Reply, Report, Signed
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import BadSchema, Park, Wait
from portal.exchange.statements import ADD, PURPOSES, REPLY, REVIEW, WITHDRAW, Statement
from portal.reference.days import local_day
from portal.reference.workdays import add_working_days
from portal.sealing.replies import verify_signature
from portal.store import SealedStore

RECEIVED = "received"
EVENTS = {
    REPLY: "answered",
    ADD: "added",
    WITHDRAW: "withdrawal-asked",
    REVIEW: "review-asked",
}


@dataclass(frozen=True)
class Letterbox:
    """Takes in messages of the public side; opens nothing.

    `first_look_days` are the working days within which a report is to be looked at.
    """

    items: SealedStore
    outbox: Outbox
    first_look_days: int

    def receive_report(self, session: Session, message: Message, now: datetime) -> None:
        """Register a sealed report; one that is known already changes nothing.

        One whose reference another report has, gets a reference of the desk's.
        """
        report = Report.read(message.data)
        if session.get(Case, report.case) is not None:
            return
        reference = report.reference
        if not references.is_free(session, reference):
            reference = references.draw_free(session)
            references.note_renumbered(session, reference, report.reference, now)
        known = calendar.load(session)
        look_by = add_working_days(message.day, self.first_look_days, known)
        case = Case(
            id=report.case,
            reference=reference,
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
        """Keep a citizen's words; genuine ones may move the case, or ask for something.

        :raises Wait: while the report is not here yet.
        :raises Park: when the signed statement is not about these words.
        """
        reply = Reply.read(message.data)
        statement = statement_of(message, reply)
        case = session.get(Case, reply.case, with_for_update=True)
        if case is None:
            raise Wait("unknown case")
        if session.get(CaseWords, statement.act) is not None:
            return
        words = CaseWords(
            id=statement.act,
            case_id=case.id,
            on=statement.on,
            purpose=statement.purpose,
            genuine=None,
            statement=message.parts["statement"].decode(),
            signature=reply.signature.hex(),
            file=self.items.put_for(session, message.parts["words"]),
            read_on=None,
        )
        session.add(words)
        if take_account(session, words, case, local_day(now)):
            progress.send(session, self.items, self.outbox, case, local_day(now))


def take_account(session: Session, words: CaseWords, case: Case, today: date) -> bool:
    """Judge words, once report or claim told the key, and let genuine ones do what they may.

    :return: whether the case moved or has a wish of its reporter from now on
    """
    if case.verify_key is None:
        return False
    words.genuine = words.purpose in PURPOSES and verify_signature(
        bytes.fromhex(case.verify_key), bytes.fromhex(words.signature), words.statement.encode()
    )
    before = moves.standing(case)
    then = moves.after_words(words.purpose, before) if words.genuine else before
    if words.genuine and (then != before or words.purpose == ADD):
        # Whoever writes to the reporter just now is told that there is something new to read.
        moves.settle(case, then, today)
        if then.state != before.state:
            clocks.after_act(session, case, Done(EVENTS[REPLY], today), calendar.load(session))
        progress.note(session, case, EVENTS[words.purpose], None, today)
    return then != before


def statement_of(message: Message, signed: Signed, purpose: str = "") -> Statement:
    """Return what a citizen signed about the words that came with it, for one purpose if given.

    :raises Park: when it is none, or about something else.
    """
    try:
        statement = Statement.from_bytes(message.parts["statement"])
    except BadSchema as error:
        raise Park("bad statement") from error
    fits = statement.purpose == purpose if purpose else True
    same = statement.case == signed.case and fits
    if not (same and statement.covers(message.parts["words"])):
        raise Park("statement about something else")
    return statement
