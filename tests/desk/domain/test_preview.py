"""The preview of an act is what the public site shows once the act is done."""

from datetime import UTC, datetime

import pytest

from portal.desk.domain import calendar, cases, clocks, preview, progress
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision
from portal.desk.domain.preview import Preview
from portal.exchange.tables import Outgoing
from portal.public.domain import tracking
from portal.public.domain.progress import ProgressKeeper
from portal.public.domain.tracking import CasePage, Look
from portal.public.models.cases import Case as PublicCase
from portal.reference.days import local_day
from portal.store import SealedStore
from tests.conftest import Databases
from tests.desk.arrivals import FILED_ON, LATER, Reporter, deliver, told
from tests.desk.casework import PLACES, WORDS, Office

DECEMBER = datetime(2026, 12, 28, 2, tzinfo=UTC)
COMMON = ("reference", "state", "state_on", "due", "due_provisional", "steps", "flags")


def foresee(office: Office, reporter: Reporter, code: str, now: datetime) -> Preview:
    holding = office.opener(office.clerk)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        own = holding.case_key(session, case)
        return preview.after(
            case,
            Decision(ACTS[code], WORDS[code], case.revision, office.clerk.id, PLACES.get(code, "")),
            steps=progress.steps(session, case.id),
            replies=holding.desks_words(progress.replies_of(session, case.id), own),
            standing=clocks.standing(session, case),
            calendar=calendar.load(session),
            today=local_day(now),
        )


def public_page(office: Office, databases: Databases, reporter: Reporter) -> CasePage:
    """What the code shows on the public site, once all messages have crossed."""
    items = SealedStore(office.house.items.folder.parent / "public")
    with databases.public.writing() as session:
        session.add(
            PublicCase(
                id=reporter.case,
                lookup_hash=reporter.keys.lookup_hash,
                pepper_id="pepper-1",
                reference=reporter.reference,
                received_on=FILED_ON,
                state="received",
                state_on=FILED_ON,
                revision=0,
            )
        )
        session.flush()
        for _progress, message in told(office.house):
            ProgressKeeper(items).receive(session, message, LATER)
        page = tracking.case_page(session, items, Look((reporter.keys,)))
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("received", "accept"),
        ("received", "need-more"),
        ("received", "reply"),
        ("accepted", "start"),
        ("accepted", "close"),
        ("in_progress", "need-more"),
        ("need_more", "reply"),
        ("need_more", "close"),
        ("closed", "reply"),
        ("received", "transfer"),
        ("received", "out-of-scope"),
        ("out_of_scope", "reopen"),
        ("accepted", "withdraw-note"),
        ("accepted", "reply"),
        ("need_more", "withdraw-note"),
        ("closed", "review-start"),
        ("under_review", "need-more"),
        ("under_review", "review-close"),
    ],
)
@pytest.mark.parametrize("now", [LATER, DECEMBER], ids=["november", "december"])
def test_what_is_foreseen_comes_true(
    office: Office, databases: Databases, state: str, code: str, now: datetime
) -> None:
    reporter = office.reviewed() if state == "under_review" else office.case_in(state)
    wish = "review" if state == "closed" else "withdraw"
    deliver(office.house, reporter.answer("写的话", office.recipient, purpose=wish))
    foreseen = foresee(office, reporter, code, now)
    reviews = code == "review-start" or state == "under_review"
    office.do(reporter, code, now=now, by=office.colleague if reviews else None)
    page = public_page(office, databases, reporter)
    for name in COMMON:
        assert getattr(foreseen, name) == getattr(page, name), name
    assert [(one.on, one.purpose, one.text) for one in foreseen.replies] == [
        (one.on, one.purpose, one.text) for one in page.replies
    ]


def test_a_second_reply_keeps_the_provisional_day_of_the_question(
    office: Office, databases: Databases
) -> None:
    reporter = office.case_in("received")
    office.do(reporter, "need-more", now=DECEMBER)
    foreseen = foresee(office, reporter, "reply", DECEMBER)
    assert foreseen.due_provisional
    office.do(reporter, "reply", now=DECEMBER)
    page = public_page(office, databases, reporter)
    assert (page.due, page.due_provisional) == (foreseen.due, True)


def test_after_an_answer_the_preview_goes_on_from_the_former_state(
    office: Office, databases: Databases
) -> None:
    reporter = office.case_in("accepted")
    office.do(reporter, "need-more")
    deliver(office.house, reporter.answer("前年", office.recipient))
    foreseen = foresee(office, reporter, "start", LATER)
    office.do(reporter, "start", now=LATER)
    assert foreseen.steps == public_page(office, databases, reporter).steps


def test_looking_changes_nothing(office: Office) -> None:
    reporter = office.case_in("received")
    foresee(office, reporter, "accept", LATER)
    with office.house.database.reading() as session:
        assert session.query(Outgoing).count() == 0
    assert office.case(reporter).revision == 1
