"""Two people, one case, the same moment: one wins, the other is told, nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.desk.domain import cases
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Changed, Decision, Desk
from portal.desk.domain.cases import Taken, UnknownCase
from portal.desk.domain.files import files_named
from portal.desk.domain.identities import AlreadyDecided
from portal.desk.domain.opening import Opener
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.cases import CaseEvent
from portal.sealing.keys import Identity
from tests.desk.arrivals import FILED, FILED_ON, INTAKE, Reporter, case_of, deliver, told
from tests.desk.casework import Office
from tests.desk.custody import appoint
from tests.desk.staff import Colleague, hire, make_key
from tests.desk.superior import SuperiorCommission

Outcome = str | type[Exception]


@pytest.fixture
def clerks(house: DeskHouse) -> list[Colleague]:
    names = ("chen.yu", "陈雨"), ("lin.tao", "林涛")
    return [hire(house, name, Role.CLERK, display_name=shown) for name, shown in names]


@pytest.fixture
def intake(house: DeskHouse, clerks: list[Colleague]) -> Identity:
    make_key(house, "office-1", "office", clerks)
    return make_key(house, INTAKE, "intake", clerks)


@pytest.fixture
def reporter(house: DeskHouse, intake: Identity) -> Reporter:
    reporter = Reporter.draw()
    deliver(house, reporter.report(intake.recipient))
    return reporter


def at_once(*tasks: Callable[[], Outcome]) -> list[Outcome]:
    """Start every task in the same moment and return what became of each."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], Outcome]) -> Outcome:
        start.wait(timeout=20)
        return task()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def test_two_custodians_decide_one_wins_and_one_file_is_left(
    office: Office, house: DeskHouse
) -> None:
    custodians = appoint(office)
    asked = custodians.ask(custodians.named_report())

    def decides(decide: Callable[..., None], who: Colleague) -> Callable[[], Outcome]:
        def attempt() -> Outcome:
            try:
                decide(asked, by=who)
            except AlreadyDecided as error:
                return type(error)
            return "decided"

        return attempt

    outcomes = at_once(
        decides(custodians.agree, custodians.decider),
        decides(custodians.refuse, custodians.other_decider),
    )
    assert sorted(map(str, outcomes)) == sorted([str(AlreadyDecided), "decided"])
    with house.database.reading() as session:
        assert house.items.names() - office.outgoing_files() == files_named(session)


def test_two_presses_hand_a_case_up_once(office: Office) -> None:
    superior = SuperiorCommission(office)
    reporter = office.case_in("accepted")

    def press() -> Outcome:
        try:
            superior.hand_up(reporter)
        except UnknownCase as error:
            return type(error)
        return "handed up"

    outcomes = at_once(press, press)
    assert sorted(map(str, outcomes)) == sorted([str(UnknownCase), "handed up"])
    assert len(superior.opened()) == len(office.house.superior.names()) == 1
    assert audited(office.house, "case-handed-up") == [office.clerk.id]


def test_two_clerks_claim_one_wins_and_the_other_reads_the_name(
    house: DeskHouse, clerks: list[Colleague], reporter: Reporter
) -> None:
    def claims(clerk: Colleague) -> Callable[[], Outcome]:
        def claim() -> Outcome:
            try:
                with house.database.writing() as session:
                    cases.claim(session, reporter.reference, clerk.id, FILED)
            except Taken as taken:
                return taken.display_name
            return "won"

        return claim

    outcomes = at_once(*map(claims, clerks))
    winner = clerks[outcomes.index("won")]
    assert sorted(map(str, outcomes)) == sorted(["won", "陈雨" if winner is clerks[0] else "林涛"])
    assert case_of(house, reporter).claimed_by == winner.id
    assert audited(house, "case-claimed") == [winner.id]


def test_who_looks_for_the_next_report_never_waits_for_one_that_is_being_claimed(
    house: DeskHouse, clerks: list[Colleague], reporter: Reporter
) -> None:
    if house.database.is_sqlite:
        pytest.skip("SQLite has one writer: nobody claims while somebody else writes")
    with house.database.writing() as claiming:
        cases.claim(claiming, reporter.reference, clerks[0].id, FILED)
        with house.database.writing() as looking:
            assert cases.hold(looking, reporter.reference) is False
    with house.database.writing() as looking:
        assert cases.hold(looking, reporter.reference) is True


def test_claiming_what_one_has_already_changes_nothing(
    house: DeskHouse, clerks: list[Colleague], reporter: Reporter
) -> None:
    for _press in range(2):
        with house.database.writing() as session:
            cases.claim(session, reporter.reference, clerks[0].id, FILED)
    assert audited(house, "case-claimed") == [clerks[0].id]


def test_two_acts_on_the_same_page_of_one_case_only_one_is_done(
    house: DeskHouse, clerks: list[Colleague], intake: Identity, reporter: Reporter
) -> None:
    opener = Opener(house.items, {INTAKE: intake})
    with house.database.writing() as session:
        case = cases.claim(session, reporter.reference, clerks[0].id, FILED)
        content = opener.sealed_content(case)
        recovery = Identity.generate().recipient
        opener.register(session, case, content, recovery=recovery, today=FILED_ON)
        seen = case.revision

    def decides(code: str) -> Callable[[], Outcome]:
        def act() -> Outcome:
            decision = Decision(ACTS[code], "我们看过了，您写的是哪一年？", seen, clerks[0].id)
            try:
                with house.database.writing() as session:
                    locked = cases.get(session, reporter.reference, lock=True)
                    Desk(house.items, house.outbox).perform(session, locked, decision, FILED)
            except Changed:
                return Changed
            return code

        return act

    outcomes = at_once(decides("accept"), decides("need-more"))
    assert outcomes.count(Changed) == 1
    done = next(code for code in outcomes if code is not Changed)
    case = case_of(house, reporter)
    assert (case.state, case.revision) == (ACTS[str(done)].state, seen + 1)
    with house.database.reading() as session:
        acts = session.scalars(select(CaseEvent.act).order_by(CaseEvent.number)).all()
    assert acts == ["received", done]
    assert len(told(house)) == 1


def audited(house: DeskHouse, act: str) -> list[str | None]:
    with house.database.reading() as session:
        return list(session.scalars(select(AuditEntry.person_id).where(AuditEntry.act == act)))
