"""A slip was exchanged: the case gets its reporter's keys, and the reporter what was written."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.desk.domain import progress
from portal.desk.domain.intake import take_account
from portal.desk.domain.opening import Opener, words_of
from portal.desk.domain.slips import slips_of
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseReply
from portal.desk.models.slips import ClaimSlip
from portal.exchange.kinds import Claimed
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import BadSchema, Park, Wait
from portal.exchange.statements import Statement
from portal.reference.days import local_day
from portal.sealing.content import ReporterKeys, Words
from portal.sealing.errors import MalformedContent
from portal.sealing.keys import Recipient
from portal.sealing.replies import verify_signature
from portal.sealing.seal import seal_words
from portal.store import SealedStore

CLAIM = "claim"
HANDED_OVER = "words-sent"


class NothingToHandOver(Exception):
    """No words wait for the reporter, or the slip was not exchanged yet."""


@dataclass(frozen=True)
class Claiming:
    """Takes in `claimed` messages, and tells the reporter what their own words moved."""

    items: SealedStore
    outbox: Outbox

    def receive(self, session: Session, message: Message, now: datetime) -> None:
        """Give a case its reporter's keys, when who had one of its slips signed for them.

        The public site decides which slip is exchanged first, even one that the desk voided while
        that was on its way: its citizen has the new code already.

        :raises Wait: while the case is not here.
        :raises Park: for a claim that none of the case's slips signed, or that comes too late.
        """
        claimed = Claimed.read(message.data)
        keys = _keys(message, claimed)
        case = session.get(Case, claimed.case, with_for_update=True)
        if case is None:
            raise Wait("unknown case")
        if case.verify_key == keys.verify_key.hex():
            return
        slip = _signing_slip(slips_of(session, case.id), message, claimed)
        if slip is None:
            raise Park("no slip signed this")
        if case.claimed_slip is not False:
            raise Park("claimed before")
        case.claimed_slip, slip.claimed_on = True, local_day(now)
        case.reply_recipient = str(keys.reply_recipient)
        case.verify_key = keys.verify_key.hex()
        self._judge_words(session, case, local_day(now))

    def _judge_words(self, session: Session, case: Case, today: date) -> None:
        """Judge what came before the claim: nobody could tell whose it was."""
        moved = [
            take_account(session, words, case, today)
            for words in words_of(session, case.id)
            if words.genuine is None
        ]
        if any(moved):
            progress.send(session, self.items, self.outbox, case, today)


@dataclass(frozen=True)
class HandingOver:
    """Seals what was written before the claim to the reporter, with the case's own key."""

    opener: Opener
    items: SealedStore
    outbox: Outbox

    def hand_over(self, session: Session, case: Case, person_id: str, today: date) -> int:
        """Seal the waiting words to their reporter and send them; return how many there were.

        :raises NothingToHandOver: as its name says.
        :raises portal.desk.domain.opening.KeyNotHeld, portal.desk.domain.opening.CannotOpen:
            when the words do not open.
        """
        waits = waiting(session, case)
        if case.reply_recipient is None or not waits:
            raise NothingToHandOver
        own = self.opener.case_key(session, case)
        reporter = Recipient.parse(case.reply_recipient)
        for reply, text in zip(waits, self.opener.texts(waits, own), strict=True):
            sealed = seal_words(Words(text, reply.on), [reporter])
            reply.reporter_file = self.items.put_for(session, sealed)
        progress.note(session, case, HANDED_OVER, person_id, today)
        progress.send(session, self.items, self.outbox, case, today)
        return len(waits)


def waiting(session: Session, case: Case) -> list[CaseReply]:
    """Return the desk's words that their reporter cannot open yet, oldest first."""
    return [one for one in progress.replies_of(session, case.id) if one.reporter_file is None]


def _keys(message: Message, claimed: Claimed) -> ReporterKeys:
    try:
        statement = Statement.from_bytes(message.parts["statement"])
        keys = ReporterKeys.from_bytes(message.parts["keys"])
    except (BadSchema, MalformedContent) as error:
        raise Park("bad claim") from error
    about = (statement.case, statement.purpose)
    if about != (claimed.case, CLAIM) or not statement.covers(message.parts["keys"]):
        raise Park("statement about something else")
    return keys


def _signing_slip(slips: list[ClaimSlip], message: Message, claimed: Claimed) -> ClaimSlip | None:
    for slip in slips:
        key = bytes.fromhex(slip.verify_key)
        if verify_signature(key, claimed.signature, message.parts["statement"]):
            return slip
    return None
