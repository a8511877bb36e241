"""移送上级: a case about one's own goes to the superior alone, and nothing of it stays here.

What the desk has is sealed to the superior's keys, the citizen is told, and the case is erased,
in one transaction.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.desk.domain import audit, moves, progress
from portal.desk.domain.acts import Changed, NotAllowed, NotYours
from portal.desk.domain.dossiers import compile_dossier
from portal.desk.domain.erasing import erase
from portal.desk.domain.handed_up import keep_sealed, remember
from portal.desk.domain.moves import SEALED_FOR_SUPERIOR
from portal.desk.domain.opening import Opener
from portal.desk.models.cases import Case
from portal.exchange.inbox import try_case_again
from portal.exchange.outbox import Outbox
from portal.reference.days import local_day
from portal.sealing.content import ReportContent
from portal.sealing.keys import Identity
from portal.sealing.manifest import Manifest
from portal.sealing.superior import ForSuperior, seal_for_superior
from portal.store import SealedStore
from portal.superior.tables import SuperiorItem

HAND_UP = "hand-up"
AUDITED_DIGITS = 16


class WordsWait(Exception):
    """New words of the reporter wait that a clerk can open, and this person cannot."""


@dataclass(frozen=True)
class HandUp:
    """Who hands a case up that stood at `revision`; `once` is drawn with the form.

    `workers` are the people whose cases this person may work on.
    """

    revision: int
    once: str
    person_id: str
    workers: frozenset[str]


@dataclass(frozen=True)
class HandingUp:
    """What opens a case, and where it goes: the superior's files and the citizen's progress."""

    opener: Opener
    superior: SealedStore
    outbox: Outbox
    manifest: Manifest

    def hand_up(
        self,
        session: Session,
        case: Case,
        own: Identity,
        content: ReportContent,
        chosen: HandUp,
        *,
        now: datetime,
    ) -> None:
        """Seal a case, locked by the caller, for the superior; tell the citizen; erase it.

        :param own: the case's own private key, with which `content` was opened
        :raises NotYours, Changed, NotAllowed, WordsWait: as their names say.
        :raises portal.store.MissingFile: when what belongs to it is not there; nothing is done.
        """
        _check(case, chosen)
        today = local_day(now)
        self._take_over_words(session, case, today)
        item = self._seal(session, case, own, content, today)
        moves.settle(case, moves.Standing(SEALED_FOR_SUPERIOR), today)
        progress.note(session, case, HAND_UP, chosen.person_id, today)
        progress.send(session, self.opener.items, self.outbox, case, today)
        remember(session, case, chosen.once, today)
        try_case_again(session, case.id)
        erase(session, self.opener.items, case.id)
        # The row says who handed something up. What it was, only the superior can tell: the
        # target follows from the receipt inside the file. It comes last, because whoever writes
        # to the log keeps others from it, and erasing may wait for one of them.
        audit.record(
            session,
            person_id=chosen.person_id,
            act="case-handed-up",
            target=item.id[:AUDITED_DIGITS],
            now=now,
        )

    def _take_over_words(self, session: Session, case: Case, today: date) -> None:
        taken = self.opener.take_over_words(session, case, today)
        if taken.foreign and not self.opener.opens_intake(session, case):
            raise WordsWait

    def _seal(
        self, session: Session, case: Case, own: Identity, content: ReportContent, today: date
    ) -> SuperiorItem:
        receipt = secrets.token_hex(16)
        whole = ForSuperior(
            report=content,
            identity=None,
            reference=case.reference,
            received_on=case.received_on,
            receipt=receipt,
            handed_up=compile_dossier(session, self.opener, case, own, today),
        )
        return keep_sealed(session, self.superior, receipt, seal_for_superior(whole, self.manifest))


def _check(case: Case, chosen: HandUp) -> None:
    if case.registered_on is None or case.claimed_by not in chosen.workers:
        raise NotYours
    if case.revision != chosen.revision:
        raise Changed
    if not moves.may_hand_up(moves.standing(case)):
        raise NotAllowed
