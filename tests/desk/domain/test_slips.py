"""A claim slip: one that works, told to the public side, and never its code."""

import pytest

from portal.desk.domain import restoring, slips
from portal.desk.domain.restoring import Retelling
from portal.desk.domain.slips import AlreadyClaimed, IssuedMeanwhile, NoSlip
from portal.desk.models.cases import Case
from portal.exchange.kinds import Claimable, Progress, Restored, Step
from portal.sealing import tracking_code
from tests.desk.arrivals import FILED_ON, LATER, LATER_ON, message
from tests.desk.casework import Office
from tests.desk.domain.test_two_at_once import at_once
from tests.desk.paper import RECEIVED_ON, claim, enter, issue, now_of, own_keys, receive, sent


def lines(office: Office, case: Case) -> list[tuple[int, str]]:
    with office.house.database.reading() as session:
        there = session.get_one(Case, case.id)
        return [(one.number, one.state) for one in slips.lines(session, there)]


def test_the_public_side_is_told_the_hash_and_never_the_code(office: Office) -> None:
    case = enter(office)
    drawn = issue(office, case)
    claimable, progress = sent(office)
    told = Claimable.read(claimable.data)
    assert (told.case, told.number, told.reference) == (case.id, 1, case.reference)
    assert (told.received_on, told.now) == (RECEIVED_ON, Step("received", RECEIVED_ON))
    derived = tracking_code.derive(drawn.code, office.house.peppers[0])
    assert (told.lookup, told.pepper) == (derived.lookup_hash, "pepper-2")
    assert Progress.read(progress.data).steps == (Step("received", RECEIVED_ON),)
    assert drawn.code.digits.encode() not in claimable.to_event()
    assert now_of(office, case).claimed_slip is False
    assert office.audited("slip-issued") == [(office.clerk.id, case.reference)]
    assert drawn.code.digits not in repr(drawn)


def test_a_new_slip_voids_the_former(office: Office) -> None:
    case = enter(office)
    issue(office, case)
    assert lines(office, case) == [(1, "open")]
    second = issue(office, case, seen=1, by=office.colleague)
    assert lines(office, case) == [(1, "void"), (2, "open")]
    told = [Claimable.read(one.data) for one in sent(office) if one.kind == "claimable"]
    assert [one.number for one in told] == [1, 2]
    assert told[1].lookup == second.keys.lookup_hash


@pytest.mark.parametrize("seen", [0, 2, -1])
def test_a_page_that_is_out_of_date_issues_nothing(office: Office, seen: int) -> None:
    case = enter(office)
    issue(office, case)
    with pytest.raises(IssuedMeanwhile):
        issue(office, case, seen=seen)
    assert lines(office, case) == [(1, "open")]


def test_two_clicks_at_once_issue_one_slip(office: Office) -> None:
    case = enter(office)

    def press() -> str | type[Exception]:
        try:
            issue(office, case)
        except IssuedMeanwhile as refusal:
            return type(refusal)
        return "issued"

    assert sorted(map(str, at_once(press, press))) == sorted(["issued", str(IssuedMeanwhile)])
    assert lines(office, case) == [(1, "open")]


def test_a_letter_without_a_return_address_has_no_slip(office: Office) -> None:
    case = enter(office, answerable=False)
    with pytest.raises(NoSlip):
        issue(office, case)
    assert sent(office) == []


def test_what_came_over_the_site_has_no_slip(office: Office) -> None:
    reporter = office.case_in("accepted")
    with pytest.raises(NoSlip):
        issue(office, office.case(reporter))


def test_after_the_claim_there_is_no_other_slip(office: Office) -> None:
    case = enter(office)
    issue(office, case)
    second = issue(office, case, seen=1)
    receive(office, claim(case, second.keys, own_keys()))
    with pytest.raises(AlreadyClaimed):
        issue(office, case, seen=2)
    assert lines(office, case) == [(1, "void"), (2, "claimed")]


def test_a_public_side_that_was_put_back_hears_of_the_slip_again(office: Office) -> None:
    case = enter(office)
    enter(office, once="no slip", references=("90000002",))
    issue(office, case)
    before = len(sent(office))
    retelling = Retelling(office.house.items, office.house.outbox, lambda *_: None)
    restored = message(Restored.KIND, Restored().data(), {}, FILED_ON)
    with office.house.database.writing() as session:
        retelling.receive_restored(session, restored, LATER)
    assert [one.kind for one in sent(office)[before:]] == ["claimable", "progress"]
    with office.house.database.reading() as session:
        assert restoring.missing_count(session) == 0
    assert sent(office)[-1].day == LATER_ON
