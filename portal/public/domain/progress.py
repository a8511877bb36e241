"""What the desk tells about a case: whole snapshots, of which only newer ones count."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Progress
from portal.exchange.messages import Message
from portal.exchange.refusals import Park, Wait
from portal.public.models.cases import Case, Reply
from portal.reference.vocabulary import vocabulary
from portal.store import SealedStore

SEALED_FOR_SUPERIOR = "sealed_for_superior"


@dataclass(frozen=True)
class ProgressKeeper:
    """Handles `progress` messages; `items` keeps the sealed replies."""

    items: SealedStore

    def receive(self, session: Session, message: Message, now: datetime) -> None:  # noqa: ARG002 — a handler's signature
        """Replace a case's snapshot and replies, unless a newer one is there already.

        :raises Wait: when the case is not known here (yet).
        :raises Park: when a state is none that this site has words for.
        """
        progress = Progress.read(message.data)
        _check_states(progress)
        case = session.get(Case, progress.case, with_for_update=True)
        if case is None:
            raise Wait("unknown case")
        if progress.revision <= case.revision or case.state == SEALED_FOR_SUPERIOR:
            # What is the superior's stays so, also when a desk that was put back knows it again.
            return
        case.revision = progress.revision
        case.state, case.state_on = progress.now.state, progress.now.on
        case.progress = progress.data()
        self._replace_replies(session, progress, message)

    def _replace_replies(self, session: Session, progress: Progress, message: Message) -> None:
        discard_replies(session, self.items, progress.case)
        for reply in progress.replies:
            file = self.items.put_for(session, message.parts[reply.part])
            session.add(
                Reply(
                    case_id=progress.case,
                    part=reply.part,
                    purpose=reply.purpose,
                    on=reply.on,
                    file=file,
                )
            )


def _check_states(progress: Progress) -> None:
    known = {one.code for one in vocabulary().public_states}
    if not {step.state for step in progress.steps} <= known:
        raise Park("unknown state")


def discard_replies(session: Session, items: SealedStore, case_id: str) -> None:
    """Delete a case's replies, rows now and files after the commit."""
    for row in session.scalars(select(Reply).where(Reply.case_id == case_id)).all():
        items.discard_after_commit(session, row.file)
        session.delete(row)
    session.flush()
