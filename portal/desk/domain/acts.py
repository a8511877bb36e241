"""What staff do to a case: five acts, the moves they make, and the words that go with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, calendar, clocks, progress
from portal.desk.domain.terms import Done
from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseReply
from portal.exchange.outbox import Outbox
from portal.reference.days import local_day
from portal.reference.vocabulary import vocabulary
from portal.sealing.content import Words
from portal.sealing.keys import Recipient
from portal.sealing.seal import seal_words
from portal.store import SealedStore

QUESTION = "question"
ANSWER = "answer"
NEED_MORE = "need_more"
# A year in such brackets is no blank: that is how the numbers of official documents are written.
BLANK = re.compile(r"〔(?![0-9]{4}〕)[^〔〕]*〕")


class NotAllowed(Exception):
    """The case stands where this act makes no sense."""


class NotYours(Exception):
    """Somebody else has the case, or nobody does."""


class Changed(Exception):
    """The case changed since the page was opened."""


class BlankLeft(Exception):
    """A blank 〔…〕 of the template was not filled in."""


class WordsMissing(Exception):
    """The act tells the citizen something, and nothing was written."""


@dataclass(frozen=True)
class Act:
    """One kind of act.

    `state` is where it leads (None: the case stays where it is), `starts` where it may begin;
    `purpose` is what its words are for the citizen, `template` what a clerk starts from, and
    `audited` the act's name in the audit log.
    """

    code: str
    audited: str
    label: str
    state: str | None
    starts: frozenset[str]
    purpose: str
    words_needed: bool
    template: str
    afterwards: str


ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        Act(
            code="accept",
            audited="case-accepted",
            label="受理",
            state="accepted",
            starts=frozenset({"received"}),
            purpose=ANSWER,
            words_needed=False,
            template="您反映的关于〔事情〕的问题，我们已经受理。",
            afterwards="接下来：开始办理时点“开始办理”；有话要问反映人，点“请补充”。",
        ),
        Act(
            code="start",
            audited="case-started",
            label="开始办理",
            state="in_progress",
            starts=frozenset({"accepted"}),
            purpose=ANSWER,
            words_needed=False,
            template="您反映的问题正在办理。〔可以告诉反映人的话〕",
            afterwards="接下来：办完后点“办结”；中间有话要告诉反映人，点“答复”。",
        ),
        Act(
            code="close",
            audited="case-closed",
            label="办结",
            state="closed",
            starts=frozenset({"accepted", "in_progress", NEED_MORE}),
            purpose=ANSWER,
            words_needed=True,
            template="您反映的〔事情〕已经按规定办理完毕。〔可以告诉反映人的结果〕。感谢您的监督。",
            afterwards="接下来：不用再做什么。反映人会看到“已办理完毕”和您的答复。",
        ),
        Act(
            code="need-more",
            audited="case-asked",
            label="请补充",
            state=NEED_MORE,
            starts=frozenset({"received", "accepted", "in_progress"}),
            purpose=QUESTION,
            words_needed=True,
            template="您写的〔哪件事〕，我们想再问清楚：\n一、〔问题〕\n知道多少写多少，不清楚就写“不清楚”。",
            afterwards="接下来：等反映人回答。回答一到，这件会回到原来的状态，并排在首页。",
        ),
        Act(
            code="reply",
            audited="case-replied",
            label="答复",
            state=None,
            starts=frozenset({"received", "accepted", "in_progress", NEED_MORE, "closed"}),
            purpose=ANSWER,
            words_needed=True,
            template="关于您反映的〔事情〕，现在可以告诉您：〔内容〕。",
            afterwards="接下来：反映人下次查询时会看到。状态没有变。",
        ),
    )
}


@dataclass(frozen=True)
class Decision:
    """One act as somebody decided it, on the case as it stood at `revision`.

    `stands_in_for` are the people who are away and whose cases this person may work on.
    """

    act: Act
    text: str
    revision: int
    person_id: str
    stands_in_for: frozenset[str] = frozenset()

    @property
    def workers(self) -> frozenset[str]:
        """Whose cases the person may work on."""
        return self.stands_in_for | {self.person_id}


def possible(case: Case) -> list[Act]:
    """Return the acts that make sense where the case stands, the usual next one first."""
    return [act for act in ACTS.values() if _fits(act, case)]


def blanks(text: str) -> list[str]:
    """Return the blanks 〔…〕 of a template that are still to be filled, in order."""
    return BLANK.findall(text)


def leads_to(act: Act, case: Case) -> str:
    """Return the state that the case has after the act."""
    return act.state or case.state


def done(decision: Decision, today: date) -> Done:
    """Return a decision as the clocks see it once it is carried out."""
    return Done(decision.act.code, today, words=bool(decision.text.strip()))


def check(case: Case, decision: Decision) -> None:
    """Check an act before it is shown or done.

    :raises NotYours, Changed, NotAllowed, BlankLeft, WordsMissing: as their names say.
    """
    if case.claimed_by not in decision.workers or case.reply_recipient is None:
        raise NotYours
    if case.revision != decision.revision:
        raise Changed
    if not _fits(decision.act, case):
        raise NotAllowed
    if blanks(decision.text):
        raise BlankLeft
    if decision.act.words_needed and not decision.text.strip():
        raise WordsMissing


def _fits(act: Act, case: Case) -> bool:
    if act.state is not None and not vocabulary().may_follow(case.state, act.state):
        return False
    # The answer may never come: then the case goes on, or back, as if nothing had been asked.
    goes_on = case.state == NEED_MORE and case.previous_state in act.starts | {act.state}
    return goes_on or case.state in act.starts


@dataclass(frozen=True)
class Desk:
    """Where acts leave their files and messages."""

    items: SealedStore
    outbox: Outbox

    def perform(self, session: Session, case: Case, decision: Decision, now: datetime) -> None:
        """Do an act: state, words, history, audit and the citizen's new progress together.

        :raises NotYours, Changed, NotAllowed, BlankLeft, WordsMissing: as `check`.
        """
        check(case, decision)
        act, today = decision.act, local_day(now)
        if decision.text.strip():
            self._write(session, case, decision, today)
        self._move(case, act, today)
        clocks.after_act(session, case, done(decision, today), calendar.load(session))
        progress.note(session, case, act.code, decision.person_id, today)
        audit.record(
            session, person_id=decision.person_id, act=act.audited, target=case.reference, now=now
        )
        progress.send(session, self.items, self.outbox, case, today)

    def _write(self, session: Session, case: Case, decision: Decision, today: date) -> None:
        words = Words(decision.text, today)
        last = session.scalar(
            select(func.max(CaseReply.number)).where(CaseReply.case_id == case.id)
        )
        own = Recipient.parse(case.recipient or "")
        reporter = Recipient.parse(case.reply_recipient or "")
        session.add(
            CaseReply(
                case_id=case.id,
                number=(last or 0) + 1,
                kind=decision.act.purpose,
                on=today,
                person_id=decision.person_id,
                desk_file=self.items.put_for(session, seal_words(words, [own])),
                reporter_file=self.items.put_for(session, seal_words(words, [reporter])),
            )
        )
        session.flush()

    @staticmethod
    def _move(case: Case, act: Act, today: date) -> None:
        if act.state is None:
            return
        case.previous_state = case.state if act.state == NEED_MORE else None
        case.state, case.state_on = act.state, today
