"""Work lists, looking one up, claiming and giving back."""

from datetime import timedelta

import pytest

from portal.desk.domain import cases
from portal.desk.domain.cases import PAGE, BadReference, CaseLine, Taken, UnknownCase
from tests.desk.arrivals import FILED, FILED_ON, LATER, deliver
from tests.desk.casework import OFFICE, Office, a_row


def references(lines: list[CaseLine] | tuple[CaseLine, ...]) -> list[str]:
    return [line.reference for line in lines]


@pytest.mark.parametrize(
    "typed", ["83172054", " 8317 2054 ", "８３１７２０５４", "8317-2054", "83.17.20.54"]
)
def test_a_reference_is_read_however_it_is_typed(typed: str) -> None:
    assert cases.parse_reference(typed) == "83172054"


@pytest.mark.parametrize(
    "typed", ["", "8317205", "831720541", "03172054", "8317205a", "٨٣١٧٢٠٥٤", "登记号", "\0" * 8]
)
def test_anything_else_is_no_reference(typed: str) -> None:
    with pytest.raises(BadReference):
        cases.parse_reference(typed)


def test_an_unknown_reference_has_a_name_of_its_own(office: Office) -> None:
    with office.house.database.reading() as session, pytest.raises(UnknownCase):
        cases.get(session, "83172054")


def test_what_nobody_opened_waits_oldest_first(office: Office) -> None:
    office.arrive("20000002", now=FILED)
    office.arrive("20000001", now=FILED)
    office.arrive("90000009", now=FILED - timedelta(days=1))
    office.open(office.arrive("10000001", now=FILED - timedelta(days=2)))
    with office.house.database.reading() as session:
        waiting = cases.unregistered(session)
        assert references(waiting) == ["90000009", "20000001", "20000002"]
        assert cases.unclaimed(session) == references(waiting)
    line = waiting[1]
    assert (line.received_on, line.state, line.holder, line.category) == (
        FILED_ON,
        "received",
        None,
        None,
    )


def test_registered_cases_are_listed_by_their_last_change(office: Office) -> None:
    for number, days in enumerate((0, 2, 1), start=1):
        reporter = office.open(office.arrive(f"1000000{number}"))
        office.do(reporter, "accept", now=FILED + timedelta(days=days))
    office.arrive("50000000")
    with office.house.database.reading() as session:
        page = cases.registered(session, 1)
        none = cases.registered(session, 1, state="closed")
    assert references(page.lines) == ["10000002", "10000003", "10000001"]
    assert (page.total, page.has_next) == (3, False)
    assert (none.lines, none.total) == ((), 0)
    line = page.lines[0]
    assert (line.category, line.holder, line.holder_id) == ("village", "陈雨", office.clerk.id)


def test_a_long_list_comes_in_pages(office: Office) -> None:
    with office.house.database.writing() as session:
        session.add_all(a_row(number) for number in range(PAGE + 1))
    with office.house.database.reading() as session:
        first, second, third = (cases.registered(session, number) for number in (1, 2, 3))
    assert (len(first.lines), first.has_next) == (PAGE, True)
    assert (references(second.lines), second.has_next) == ([str(10_000_000 + PAGE)], False)
    assert (third.lines, third.total) == ((), PAGE + 1)


def test_ones_own_cases_are_those_that_have_not_ended(office: Office) -> None:
    office.case_in("accepted", "10000001")
    office.case_in("closed", "10000002")
    with office.house.database.reading() as session:
        assert references(cases.held_by(session, office.clerk.id)) == ["10000001"]
        assert cases.held_by(session, office.colleague.id) == []


def test_what_was_given_back_waits_for_somebody_until_it_ends(office: Office) -> None:
    for state, reference in (("accepted", "10000001"), ("closed", "10000002")):
        office.release(office.case_in(state, reference))
    office.arrive("10000003")
    with office.house.database.reading() as session:
        assert references(cases.without_holder(session, OFFICE)) == ["10000001"]


def test_new_words_are_counted_until_somebody_takes_them_over(office: Office) -> None:
    reporter = office.case_in("need_more")
    unopened = office.arrive("10000001")
    for one in (reporter, reporter, unopened):
        deliver(office.house, one.answer("前年", office.recipient))
    with office.house.database.reading() as session:
        (line,) = cases.with_new_words(session)
        assert (line.reference, line.new_words) == (reporter.reference, 2)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        office.opener(office.clerk).take_over_words(session, case, FILED_ON)
        assert cases.with_new_words(session) == []


def test_claiming_and_giving_back_are_written_down(office: Office) -> None:
    reporter = office.case_in("accepted")
    office.release(reporter)
    assert office.case(reporter).claimed_by is None
    with office.house.database.writing() as session:
        case = cases.claim(session, reporter.reference, office.colleague.id, LATER)
        assert (case.claimed_on, cases.holder_name(session, case)) == (LATER.date(), "林涛")
    assert office.audited("case-claimed") == [
        (office.clerk.id, reporter.reference),
        (office.colleague.id, reporter.reference),
    ]
    assert office.audited("case-released") == [(office.clerk.id, reporter.reference)]


def test_nobody_gives_back_what_a_colleague_has(office: Office) -> None:
    reporter = office.case_in("accepted")
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        with pytest.raises(Taken) as refusal:
            cases.release(session, case, office.colleague.id, LATER)
    assert refusal.value.display_name == "陈雨"
    assert "陈雨" not in str(refusal.value)
    assert office.case(reporter).claimed_by == office.clerk.id


def test_a_case_that_nobody_has_has_no_holder(office: Office) -> None:
    reporter = office.arrive()
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        assert cases.holder_name(session, case) == ""
        with pytest.raises(Taken):
            cases.release(session, case, office.clerk.id, LATER)
