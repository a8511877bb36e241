"""A colleague who is ill or has left must not keep a case from everybody."""

from flask import Flask

from portal.desk.domain import people
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from tests.desk.arrivals import FILED
from tests.desk.casework import WORDS, Office, at_work
from tests.desk.staff import hire, sign_in

NEWS = "接过来由我办"


def test_a_colleague_goes_on_and_it_is_written_down(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    address = f"/cases/{reporter.reference}"
    browser = at_work(app, office.colleague, address)
    assert "这件在陈雨手里" in browser.page.main
    assert "开始办理" not in browser.page.links
    page = browser.press(NEWS)
    assert page.url == address
    assert "开始办理" in page.links
    assert office.case(reporter).claimed_by == office.colleague.id
    assert office.audited("case-taken-over") == [(office.colleague.id, reporter.reference)]


def test_what_the_former_holder_was_writing_is_refused_and_kept(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    former = at_work(app, office.clerk, f"/cases/{reporter.reference}/acts/reply")
    at_work(app, office.colleague, f"/cases/{reporter.reference}").press(NEWS)
    page = former.fill(text=WORDS["reply"], status=422)
    assert "这件不在您手里" in page.errors[0]
    assert page.value("text") == WORDS["reply"]


def test_answers_to_a_sealed_report_cannot_be_opened_before_it(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    browser = at_work(app, office.clerk, "/intake")
    page = browser.post(
        f"/cases/{reporter.reference}/words",
        {"csrf_token": str(browser.page.forms[-1].filled()["csrf_token"])},
        status=409,
    )
    assert "这件还没有领取打开" in page.text


def test_a_case_of_somebody_who_left_goes_on(app: Flask, house: DeskHouse, office: Office) -> None:
    reporter = office.case_in("accepted")
    chief = hire(house, "an.ning", Role.SECURITY_ADMINISTRATOR)
    with house.database.writing() as session:
        left = people.get(session, office.clerk.id)
        people.let_go(session, left, by=chief.id, now=FILED)
    at_work(app, office.colleague, f"/cases/{reporter.reference}").press("领取")
    assert office.case(reporter).claimed_by == office.colleague.id


def test_who_cannot_open_it_cannot_take_it_over(app: Flask, office: Office) -> None:
    reporter = office.case_in("accepted")
    browser = sign_in(app, office.handler)
    token = browser.open("/account").value("csrf_token")
    page = browser.post(f"/cases/{reporter.reference}/take-over", {"csrf_token": token}, status=409)
    assert "您打不开" in page.main
    assert office.case(reporter).claimed_by == office.clerk.id
    assert office.audited("case-taken-over") == []
