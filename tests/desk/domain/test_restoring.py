"""The desk after a restore: what it tells again, and what it finds lost."""

from portal.desk.domain import restoring
from portal.desk.domain.restoring import Retelling
from portal.exchange.kinds import HeldCase, Holding, Restored
from tests.desk.arrivals import FILED_ON, LATER, Reporter, deliver, message, told
from tests.desk.casework import Office


def hear(office: Office, kind: str, data) -> None:
    retelling = Retelling(office.house.items, office.house.outbox, lambda *_: None)
    handle = retelling.receive_holding if kind == Holding.KIND else retelling.receive_restored
    with office.house.database.writing() as session:
        handle(session, message(kind, data, {}, FILED_ON), LATER)


def hold(office: Office, *cases: HeldCase) -> None:
    hear(office, Holding.KIND, Holding(cases).data())


def missing(office: Office) -> int:
    with office.house.database.reading() as session:
        return restoring.missing_count(session)


def test_a_newer_revision_outside_is_overtaken_by_what_the_desk_knows(office: Office) -> None:
    reporter = office.case_in("accepted")
    before = len(told(office.house))
    hold(office, HeldCase(reporter.case, 9))
    snapshot, _message = told(office.house)[-1]
    assert len(told(office.house)) == before + 1
    assert (snapshot.revision, snapshot.now.state) == (10, "accepted")
    assert office.case(reporter).revision == 10


def test_an_older_revision_outside_and_an_untouched_case_change_nothing(office: Office) -> None:
    reporter = office.case_in("accepted")
    untouched = office.arrive("40518273")
    before = len(told(office.house))
    hold(office, HeldCase(reporter.case, 1), HeldCase(untouched.case, 0))
    assert len(told(office.house)) == before
    assert missing(office) == 0


def test_a_case_without_its_report_counts_as_missing_until_it_arrives(office: Office) -> None:
    late = Reporter.draw("40518273")
    for _time in range(2):
        hold(office, HeldCase(late.case, 0))
    assert missing(office) == 1
    deliver(office.house, late.report(office.recipient, now=LATER))
    assert missing(office) == 0


def test_a_public_side_that_was_put_back_is_told_every_case_again(office: Office) -> None:
    cases = [office.case_in("accepted"), office.arrive("40518273")]
    before = len(told(office.house))
    hear(office, Restored.KIND, {})
    again = {(one.case, one.revision, one.now.state) for one, _message in told(office.house)}
    assert len(told(office.house)) == before + len(cases)
    assert again == {(cases[0].case, 2, "accepted"), (cases[1].case, 1, "received")}
