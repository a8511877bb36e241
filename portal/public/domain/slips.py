"""Claim slips: a code on paper that shows the progress, until its holder draws one of their own."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.exchange.kinds import Claimable, Claimed
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox
from portal.exchange.refusals import Park
from portal.exchange.statements import Statement
from portal.public.domain.reports import REPORT
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.reference.vocabulary import vocabulary
from portal.sealing.content import ReporterKeys
from portal.sealing.replies import CodeKeys

CLAIM = "claim"


class SlipUsed(Exception):
    """The slip was exchanged for another code, or the desk voided it."""


@dataclass(frozen=True)
class SignedClaim:
    """A claim ready to take effect: the slip's hash, its successor, and what the desk is told."""

    case: str
    slip_hash: str
    own_hash: str
    pepper_id: str
    keys: bytes
    statement: bytes
    signature: bytes


def receive(session: Session, message: Message, _now: datetime) -> None:
    """Open a case for a slip's code, read-only; a newer slip takes the place of an older one.

    Once a slip was exchanged, no other one opens the case.

    :raises Park: when the state is none that this site has words for.
    """
    claimable = Claimable.read(message.data)
    if claimable.now.state not in {one.code for one in vocabulary().public_states}:
        raise Park("unknown state")
    case = session.get(Case, claimable.case, with_for_update=True)
    if case is None:
        _open_case(session, claimable)
    elif case.claimed_slip is False and claimable.number > case.slip_number:
        case.lookup_hash, case.pepper_id = claimable.lookup, claimable.pepper
        case.slip_number = claimable.number


def sign(case: str, slip: CodeKeys, own: CodeKeys, pepper_id: str, now: datetime) -> SignedClaim:
    """Sign, with the slip's key, that the case's reporter has these keys from now on."""
    keys = ReporterKeys(own.reply_recipient, own.verify_key).to_bytes()
    statement = Statement.about(
        keys, act=secrets.token_hex(16), case=case, purpose=CLAIM, on=local_day(now)
    ).to_bytes()
    return SignedClaim(
        case=case,
        slip_hash=slip.lookup_hash,
        own_hash=own.lookup_hash,
        pepper_id=pepper_id,
        keys=keys,
        statement=statement,
        signature=slip.sign(statement),
    )


def exchange(session: Session, outbox: Outbox, claim: SignedClaim, now: datetime) -> None:
    """Put the reporter's own code in the slip's place; the same claim again changes nothing.

    :raises SlipUsed: when another claim was faster, or the slip was voided.
    """
    case = session.get(Case, claim.case, with_for_update=True)
    if case is not None and case.lookup_hash == claim.own_hash:
        return
    if case is None or not case.is_unclaimed or case.lookup_hash != claim.slip_hash:
        raise SlipUsed
    case.lookup_hash, case.pepper_id, case.claimed_slip = claim.own_hash, claim.pepper_id, True
    claimed = Claimed(case.id, claim.signature)
    parts = {"statement": claim.statement, "keys": claim.keys}
    outbox.enqueue(session, Claimed.KIND, claimed.data(), parts, now)


def _open_case(session: Session, claimable: Claimable) -> None:
    session.add(
        Case(
            id=claimable.case,
            lookup_hash=claimable.lookup,
            pepper_id=claimable.pepper,
            reference=claimable.reference,
            received_on=claimable.received_on,
            state=claimable.now.state,
            state_on=claimable.now.on,
            revision=0,
            progress=None,
            claimed_slip=False,
            slip_number=claimable.number,
        )
    )
    session.flush()
    session.add(
        Submission(
            id=secrets.token_hex(32),
            case_id=claimable.case,
            kind=REPORT,
            on=claimable.received_on,
            revision=0,
        )
    )
