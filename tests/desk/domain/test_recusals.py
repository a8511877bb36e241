"""回避: a list that is its owner's alone, compared with everything a report names."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, handing_over, office_lines, offices, recusals
from portal.desk.domain.handing_over import CannotTake
from portal.desk.domain.recusals import MustRecuse, UnknownEntry
from portal.desk.models.recusals import Recusal
from portal.sealing.content import ReportContent, Subject
from tests.desk.arrivals import FILED, FILED_ON, Reporter
from tests.desk.casework import OFFICE, Office
from tests.desk.staff import Colleague
from tests.desk.townships import TOWNSHIP, open_township


def add(office: Office, person: Colleague, words: str) -> str:
    secret = office.house.host_secret
    with office.house.database.writing() as session:
        recusals.add(session, person.id, words, secret, now=FILED)
        return recusals.entries(session, person.id, secret)[-1].id


def content(**changes: object) -> ReportContent:
    empty = replace(Reporter.draw().content("路一直没有修。"), place="", subject=Subject())
    return replace(empty, **changes)  # type: ignore[arg-type]  # by name


def test_a_list_lies_sealed_and_belongs_to_one_person(office: Office) -> None:
    entry = add(office, office.clerk, "石桥村")
    with office.house.database.reading() as session:
        row = session.scalars(select(Recusal)).one()
        secret = office.house.host_secret
        (mine,) = recusals.entries(session, office.clerk.id, secret)
        assert recusals.entries(session, office.colleague.id, secret) == []
    assert "石桥村".encode() not in row.sealed
    assert (mine.words, mine.on) == ("石桥村", FILED_ON)
    assert "石桥村" not in repr(mine)
    with office.house.database.writing() as session:
        for other in (office.colleague.id, office.handler.id):
            with pytest.raises(UnknownEntry):
                recusals.remove(session, other, entry, now=FILED)
        recusals.remove(session, office.clerk.id, entry, now=FILED)
        assert recusals.entries(session, office.clerk.id, secret) == []
    assert office.audited("recusal-added") == [(office.clerk.id, office.clerk.id)]
    assert office.audited("recusal-removed") == [(office.clerk.id, office.clerk.id)]


@pytest.mark.parametrize(
    "where",
    [
        {"subject": Subject(unit="石桥村村委会")},
        {"subject": Subject(name="石桥村会计")},
        {"subject": Subject(post="石桥村书记")},
        {"subject": Subject(region="柳溪镇石桥村")},
        {"place": "石 桥 村村口"},
        {"story": "听说石桥村的会计拿了。"},
    ],
)
def test_every_field_is_compared(office: Office, where: dict[str, object]) -> None:
    add(office, office.clerk, "石桥村")
    secret = office.house.host_secret
    with office.house.database.reading() as session:
        recusals.refuse(session, office.clerk.id, content(), secret)
        recusals.refuse(session, office.colleague.id, content(**where), secret)
        with pytest.raises(MustRecuse):
            recusals.refuse(session, office.clerk.id, content(**where), secret)


def test_a_unit_that_the_reporter_wrote_short_is_met(office: Office) -> None:
    short = content(subject=Subject(unit="石桥村"))
    assert recusals.touches(["青岚县柳溪镇石桥村"], short)


def test_a_case_that_all_holders_must_not_handle_is_stuck(office: Office) -> None:
    township = open_township(office)
    reporter = township.given()

    def stuck() -> int:
        with office.house.database.writing() as session:
            return len(office_lines.stuck_cases(session, offices.get(session, TOWNSHIP)))

    for person, expected in ((township.handler, 0), (township.colleague, 1)):
        for _again in range(2):
            with office.house.database.writing() as session:
                case = cases.get(session, reporter.reference)
                recusals.note_met(session, case, person.id, now=FILED)
        assert stuck() == expected
    with office.house.database.reading() as session:
        assert office_lines.stuck_cases(session, offices.get(session, OFFICE)) == set()


def test_nobody_passes_a_case_to_a_colleague_who_must_not_handle_it(office: Office) -> None:
    reporter = office.case_in("accepted")
    add(office, office.colleague, "石桥村")
    opener, secret = office.opener(office.clerk), office.house.host_secret
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        with pytest.raises(CannotTake):
            handing_over.hand_over(
                session,
                opener,
                case,
                office.colleague.id,
                revision=case.revision,
                by=office.clerk.id,
                host_secret=secret,
                now=FILED,
            )
    assert office.case(reporter).claimed_by == office.clerk.id
