"""Claim slips: the paper that a reporter exchanges on the public site for a code of their own."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, progress
from portal.desk.models.cases import Case
from portal.desk.models.letters import Letter
from portal.desk.models.slips import ClaimSlip
from portal.exchange.kinds import Claimable, Step
from portal.exchange.outbox import Outbox
from portal.reference.days import local_day
from portal.sealing import tracking_code
from portal.sealing.replies import CodeKeys
from portal.sealing.tracking_code import Pepper, TrackingCode
from portal.store import SealedStore

OPEN, CLAIMED, VOID = "open", "claimed", "void"


class NoSlip(Exception):
    """The report came over the site, or nobody could be given a slip."""


class AlreadyClaimed(Exception):
    """A slip of the case was exchanged: its reporter has a code of their own."""


class IssuedMeanwhile(Exception):
    """Another slip was issued since the page was opened."""


@dataclass(frozen=True)
class DrawnSlip:
    """A slip about to be issued; its code is shown once and kept nowhere."""

    code: TrackingCode = field(repr=False)
    keys: CodeKeys = field(repr=False)
    pepper_id: str


@dataclass(frozen=True)
class SlipLine:
    """One slip as the case page shows it: OPEN, CLAIMED or VOID."""

    number: int
    issued_on: date
    state: str


def draw(pepper: Pepper) -> DrawnSlip:
    """Draw a slip's code and derive its keys; done before the transaction begins."""
    code = tracking_code.draw()
    return DrawnSlip(code, tracking_code.derive(code, pepper), pepper.id)


def possible(session: Session, case: Case) -> bool:
    """Tell whether a slip can be issued for a case now."""
    letter = session.get(Letter, case.id)
    return letter is not None and letter.answerable and not case.claimed_slip


def lines(session: Session, case: Case) -> tuple[SlipLine, ...]:
    """Return the slips of a case, oldest first."""
    slips = slips_of(session, case.id)
    return tuple(SlipLine(one.number, one.issued_on, _state(one, slips, case)) for one in slips)


@dataclass(frozen=True)
class Issuing:
    """Where a slip leaves its messages."""

    items: SealedStore
    outbox: Outbox

    def issue(
        self,
        session: Session,
        case: Case,
        drawn: DrawnSlip,
        *,
        seen: int,
        person_id: str,
        now: datetime,
    ) -> None:
        """Issue a slip, which voids the one before it, and tell the public side.

        :param seen: how many slips there were when the page was opened, so that two clicks issue
            one
        :raises AlreadyClaimed, NoSlip, IssuedMeanwhile: as their names say.
        """
        if case.claimed_slip:
            raise AlreadyClaimed
        if not possible(session, case):
            raise NoSlip
        issued = len(slips_of(session, case.id))
        if issued != seen:
            raise IssuedMeanwhile
        session.add(_row(case, drawn, issued + 1, person_id, local_day(now)))
        case.claimed_slip = False
        session.flush()
        audit.record(
            session, person_id=person_id, act="slip-issued", target=case.reference, now=now
        )
        tell(session, self.outbox, case, now)
        progress.send(session, self.items, self.outbox, case, local_day(now))


def tell(session: Session, outbox: Outbox, case: Case, now: datetime) -> None:
    """Tell the public side of a case's newest slip while it waits; of no other case anything."""
    if case.claimed_slip is not False:
        return
    newest = slips_of(session, case.id)[-1]
    claimable = Claimable(
        case=case.id,
        number=newest.number,
        reference=case.reference,
        received_on=case.received_on,
        lookup=newest.lookup_hash,
        pepper=newest.pepper_id,
        now=Step(case.state, case.state_on),
    )
    outbox.enqueue(session, Claimable.KIND, claimable.data(), {}, now)


def slips_of(session: Session, case_id: str) -> list[ClaimSlip]:
    """Return the rows of a case's slips, oldest first."""
    query = select(ClaimSlip).where(ClaimSlip.case_id == case_id).order_by(ClaimSlip.number)
    return list(session.scalars(query))


def _row(case: Case, drawn: DrawnSlip, number: int, person_id: str, today: date) -> ClaimSlip:
    return ClaimSlip(
        case_id=case.id,
        number=number,
        issued_on=today,
        issued_by=person_id,
        lookup_hash=drawn.keys.lookup_hash,
        pepper_id=drawn.pepper_id,
        verify_key=drawn.keys.verify_key.hex(),
    )


def _state(slip: ClaimSlip, slips: list[ClaimSlip], case: Case) -> str:
    if slip.claimed_on is not None:
        return CLAIMED
    return OPEN if slip is slips[-1] and not case.claimed_slip else VOID
