"""What staff do to a case: an act is checked, then done with all that it leaves behind."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, calendar, clocks, moves, progress, reviews
from portal.desk.domain.act_kinds import ACTS, Act
from portal.desk.domain.terms import Done
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseReply
from portal.exchange.outbox import Outbox
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.keys import Recipient
from portal.sealing.seal import seal_words
from portal.store import SealedStore

# A year in such brackets is no blank: that is how the numbers of official documents are written.
BLANK = re.compile(r"〔(?![0-9]{4}〕)[^〔〕]*〕")


class NotAllowed(Exception):
    """The case stands where this act makes no sense."""


class NotYours(Exception):
    """Somebody else has the case, or nobody does."""


class NotForYou(Exception):
    """A case is reviewed by somebody who did not handle it before and can open it."""


class Changed(Exception):
    """The case changed since the page was opened."""


class BlankLeft(Exception):
    """A blank 〔…〕 of the template was not filled in."""


class WordsMissing(Exception):
    """The act tells the citizen something, and nothing was written."""


class PlaceMissing(Exception):
    """The act names a body or a place, and none was given."""


@dataclass(frozen=True)
class Decision:
    """One act as somebody decided it, on the case as it stood at `revision`.

    `place` is the body or place that the act names; empty for acts that name none.
    `stands_in_for` are the colleagues on leave whose cases this person covers.
    """

    act: Act
    text: str
    revision: int
    person_id: str
    place: str = ""
    stands_in_for: frozenset[str] = frozenset()

    @property
    def workers(self) -> frozenset[str]:
        """The people whose cases this person may work on."""
        return self.stands_in_for | {self.person_id}

    @property
    def words(self) -> str:
        """The words for the reporter: where the template leaves it blank, the place is named."""
        text = self.text
        if self.act.place and self.place.strip():
            text = text.replace(self.act.place_blank, self.place.strip())
        return text if text.strip() else ""


def possible(
    case: Case,
    person_id: str,
    reviewers: Collection[str],
    stands_in_for: frozenset[str] = frozenset(),
) -> list[Act]:
    """Return the acts that a person may do where the case stands, the usual next one first."""
    acting = [
        Decision(act, "", case.revision, person_id, stands_in_for=stands_in_for)
        for act in ACTS.values()
    ]
    return [one.act for one in acting if _refusal(case, one, reviewers) is None]


def blanks(text: str) -> list[str]:
    """Return the blanks 〔…〕 of a template that are still to be filled, in order."""
    return BLANK.findall(text)


def done(decision: Decision, today: date) -> Done:
    """Return a decision as the clocks see it once it is carried out."""
    return Done(decision.act.code, today, words=bool(decision.words))


def check(case: Case, decision: Decision, reviewers: Collection[str]) -> None:
    """Check an act before it is shown or done.

    :param reviewers: who may review the case, as `portal.desk.domain.reviews.reviewers` tells
    :raises NotYours, Changed, NotAllowed, NotForYou, BlankLeft, WordsMissing, PlaceMissing: as
        their names say.
    """
    refusal = _refusal(case, decision, reviewers)
    if case.revision != decision.revision and refusal is not NotYours:
        raise Changed
    if refusal is not None:
        raise refusal
    if decision.act.place and not decision.place.strip():
        raise PlaceMissing
    if blanks(decision.words):
        raise BlankLeft
    if decision.act.words_needed and not decision.words:
        raise WordsMissing


def _refusal(case: Case, decision: Decision, reviewers: Collection[str]) -> type[Exception] | None:
    act, standing = decision.act, moves.standing(case)
    if case.registered_on is None:
        return NotYours
    if case.claimed_by not in decision.workers and not act.by_another:
        return NotYours
    if not moves.fits(act, standing):
        return NotAllowed
    reviewing = act.by_another or standing.under_review
    return NotForYou if reviewing and decision.person_id not in reviewers else None


@dataclass(frozen=True)
class Desk:
    """Where acts leave their files and messages."""

    items: SealedStore
    outbox: Outbox

    def perform(self, session: Session, case: Case, decision: Decision, now: datetime) -> None:
        """Do an act: state, words, history, audit and the citizen's new progress together.

        :raises NotYours, Changed, NotAllowed, NotForYou, BlankLeft, WordsMissing, PlaceMissing: as
            `check`.
        """
        check(case, decision, reviews.reviewers(session, case))
        act, today = decision.act, local_day(now)
        if decision.words:
            self._write(session, case, decision, today)
        moves.settle(case, moves.after(act, moves.standing(case)), today)
        clocks.after_act(session, case, done(decision, today), calendar.load(session))
        if act.state is not None:
            case.passed_to = decision.place.strip() or None
        if act.by_another:
            case.claimed_by, case.claimed_on = decision.person_id, today
        progress.note(session, case, act.code, decision.person_id, today)
        audit.record(
            session, person_id=decision.person_id, act=act.audited, target=case.reference, now=now
        )
        progress.send(session, self.items, self.outbox, case, today)

    def _write(self, session: Session, case: Case, decision: Decision, today: date) -> None:
        words = Words(decision.words, today)
        last = session.scalar(
            select(func.max(CaseReply.number)).where(CaseReply.case_id == case.id)
        )
        own = Recipient.parse(case.recipient or "")
        session.add(
            CaseReply(
                case_id=case.id,
                number=(last or 0) + 1,
                kind=decision.act.purpose,
                on=today,
                person_id=decision.person_id,
                desk_file=self.items.put_for(session, seal_words(words, [own])),
                reporter_file=self._for_reporter(session, case, words),
            )
        )
        session.flush()

    def _for_reporter(self, session: Session, case: Case, words: Words) -> str | None:
        if case.reply_recipient is None:
            return None
        reporter = Recipient.parse(case.reply_recipient)
        return self.items.put_for(session, seal_words(words, [reporter]))
