"""What the citizen is told: the case's steps and the desk's words, always as a whole snapshot."""

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import clocks, moves, told_dates
from portal.desk.models.cases import Case, CaseEvent
from portal.desk.models.replies import CaseReply
from portal.exchange.kinds import MAX_REPLIES, Progress, SealedReply, Step
from portal.exchange.outbox import Outbox
from portal.exchange.statements import WITHDRAW
from portal.reference.days import COUNTY_ZONE
from portal.store import SealedStore

WITHDRAW_REQUESTED = "withdraw_requested"


def note(session: Session, case: Case, act: str, person_id: str | None, on: date) -> None:
    """Write what happened to a case, and its state from then on; the revision rises."""
    last = session.scalar(select(func.max(CaseEvent.number)).where(CaseEvent.case_id == case.id))
    number = (last or 0) + 1
    session.add(
        CaseEvent(
            case_id=case.id, number=number, on=on, act=act, state=case.state, person_id=person_id
        )
    )
    case.revision += 1
    session.flush()


def send(session: Session, items: SealedStore, outbox: Outbox, case: Case, today: date) -> None:
    """Queue the case's present snapshot for the public side, with as many replies as it takes.

    Nothing is told of a case that the public side does not know.
    """
    if not case.is_followed:
        return
    sealed = {
        reply: reply.reporter_file
        for reply in replies_of(session, case.id)
        if reply.reporter_file is not None
    }
    replies = list(sealed)[-MAX_REPLIES:]
    shown = clocks.shown(session, case, today)
    progress = Progress(
        case=case.id,
        revision=case.revision,
        steps=steps(session, case.id),
        due=shown.due.day if shown.due else None,
        due_provisional=bool(shown.due and shown.due.provisional),
        flags=(*shown.flags, *wishes_shown(moves.standing(case).wishes)),
        replies=tuple(
            SealedReply(part=part_name(reply), purpose=reply.kind, on=reply.on) for reply in replies
        ),
    )
    parts = {part_name(reply): items.get(sealed[reply]) for reply in replies}
    noon = datetime.combine(today, time(12), COUNTY_ZONE)
    outbox.enqueue(session, Progress.KIND, progress.data(), parts, noon)
    told_dates.keep(session, case.id, shown, today)


def wishes_shown(wishes: Collection[str]) -> tuple[str, ...]:
    """Return what the citizen is told of the wishes that nobody took up yet."""
    return (WITHDRAW_REQUESTED,) if WITHDRAW in wishes else ()


def steps(session: Session, case_id: str) -> tuple[Step, ...]:
    """Return the states that a case went through, each with its first day."""
    events = session.scalars(
        select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.number)
    )
    found: list[Step] = []
    for event in events:
        if not found or found[-1].state != event.state:
            found.append(Step(state=event.state, on=event.on))
    return tuple(found)


def replies_of(session: Session, case_id: str) -> list[CaseReply]:
    """Return the desk's words for a case, oldest first."""
    query = select(CaseReply).where(CaseReply.case_id == case_id).order_by(CaseReply.number)
    return list(session.scalars(query))


def part_name(reply: CaseReply) -> str:
    """Return the name of the message part that carries a reply."""
    return f"reply-{reply.number}"
