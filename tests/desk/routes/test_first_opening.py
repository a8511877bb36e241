"""Who opens a report for the first time must be able to read it ever after."""

from flask import Flask

from portal.desk.domain import keys, offices
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from tests.desk.arrivals import FILED, INTAKE, STORY
from tests.desk.casework import Office, at_work
from tests.desk.staff import hire, own_key


def test_the_intake_key_alone_does_not_claim(app: Flask, house: DeskHouse, office: Office) -> None:
    newcomer = hire(house, "bai.lu", Role.CLERK, display_name="白露")
    with house.database.writing() as session:
        intake = offices.intake(session)
        offices.add(session, intake, newcomer.id, by=office.clerk.id, now=FILED)
        keys.grant(
            session,
            key_id=INTAKE,
            to=newcomer.id,
            by=office.clerk.id,
            by_own=own_key(house, office.clerk),
            now=FILED,
        )
    reporter = office.arrive()
    page = at_work(app, newcomer, "/intake").press(f"领取并打开 {reporter.reference}", status=409)
    assert "部门密钥" in page.main
    assert office.case(reporter).claimed_by is None
    assert office.case(reporter).registered_on is None


def test_both_keys_open_and_read_it(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    page = at_work(app, office.clerk, "/intake").press("领取最早的一件")
    assert page.url == f"/cases/{reporter.reference}"
    assert STORY.split("，")[0] in page.main
    assert office.audited("case-opened") == [(office.clerk.id, reporter.reference)]
