"""Role × route × whose case: what another office has is, at every address, not there."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from portal.desk import routes
from portal.desk.domain import cases
from portal.desk.domain.roles import Permission, Role
from tests.desk.arrivals import Reporter, deliver
from tests.desk.casework import Office, at_work, open_office
from tests.desk.staff import Colleague, hire
from tests.desk.test_access import MAY, ROUTES
from tests.desk.townships import Township, assign, open_township
from tests.page_parts import words
from tests.pages import Browser

UNKNOWN = "99999999"
# Every route that names a case, each with an act or a part that exists.
ADDRESSES = [
    (method, re.sub(r"<code>", "reply", rule))
    for method, rule in ROUTES
    if "<reference>" in rule and not rule.startswith("/intake")
]


@dataclass(frozen=True)
class County:
    """Two townships beside the intake, a case of each, and one at the intake."""

    office: Office
    ours: Township
    theirs: Township

    def people(self) -> dict[str, Colleague]:
        house = self.office.house
        return {
            "handler": self.ours.handler,
            "clerk elsewhere": hire(house, "yu.qing", Role.CLERK, display_name="于青"),
            "handler at the intake": self.office.handler,
        }


@pytest.fixture
def county(house, tmp_path, root_key) -> County:
    office = open_office(house, tmp_path, root_key)
    return County(office, open_township(office, "office-2"), open_township(office, "office-3"))


def given(county: County, to: str, reference: str) -> Reporter:
    reporter = county.office.case_in("need_more", reference)
    deliver(county.office.house, reporter.answer("前年春天", county.office.recipient))
    county.office.do(reporter, "accept")
    assign(county.office, reporter, to)
    return reporter


def ask(browser: Browser, token: str, method: str, address: str) -> tuple[int, str]:
    """The status, and the page without its token and without the reference that was asked for."""
    if method == "GET":
        answer = browser.client.get(address, base_url=browser.origin)
    else:
        headers = {"Origin": browser.origin, "Sec-Fetch-Site": "same-origin"}
        form = {"csrf_token": token, "text": "看看", "revision": "1", "step": "preview"}
        answer = browser.client.post(
            address, base_url=browser.origin, headers=headers, data={**form, "office": "office-2"}
        )
    said = re.sub(r'value="[^"]*"', "", answer.get_data(as_text=True))
    return answer.status_code, re.sub(r"[0-9]{8}", "", said)


@pytest.mark.parametrize("who", ["handler", "clerk elsewhere", "handler at the intake"])
def test_anothers_case_answers_as_one_that_does_not_exist(
    app: Flask, county: County, who: str
) -> None:
    given(county, "office-3", "10000003")
    waiting = county.office.arrive("20000001")
    browser = at_work(app, county.people()[who], "/account")
    token = browser.page.value("csrf_token")
    for method, rule in ADDRESSES:
        missing = ask(browser, token, method, rule.replace("<reference>", UNKNOWN))
        for reference in ("10000003", waiting.reference):
            shown = ask(browser, token, method, rule.replace("<reference>", reference))
            assert shown == missing, (method, rule, reference)
        assert missing[0] in {403, 404}
    assert county.office.audited("case-read") == []


@pytest.mark.parametrize("who", ["handler", "clerk elsewhere", "handler at the intake"])
def test_anothers_case_is_on_no_list_and_not_found(app: Flask, county: County, who: str) -> None:
    given(county, "office-3", "10000003")
    browser = at_work(app, county.people()[who])
    for page in ("/", "/cases", "/cases?state=accepted"):
        assert "10000003" not in browser.open(page).text
    browser.open("/cases")
    found = browser.fill(reference="10000003", status=404)
    assert found.error("reference") == browser.fill(reference=UNKNOWN, status=404).error(
        "reference"
    )


def test_a_clerk_elsewhere_meets_an_empty_intake(app: Flask, county: County) -> None:
    county.office.arrive("20000001")
    browser = at_work(app, county.people()["clerk elsewhere"], "/intake")
    assert "20000001" not in browser.page.text
    token = {"csrf_token": browser.page.value("csrf_token")}
    browser.post("/intake/20000001/claim", token, status=404)
    browser.post("/intake/next", token, status=409)
    assert county.office.audited("case-claimed") == []


def test_ones_own_case_is_there_at_every_address(app: Flask, county: County) -> None:
    given(county, "office-2", "10000002")
    # A call is recorded for a named case only.
    with county.office.house.database.writing() as session:
        cases.get(session, "10000002").named = True
    browser = at_work(app, county.ours.handler, "/account")
    token = browser.page.value("csrf_token")
    for method, rule in ADDRESSES:
        permission = ROUTES[method, rule.replace("acts/reply", "acts/<code>")]
        status, _said = ask(browser, token, method, rule.replace("<reference>", "10000002"))
        assert permission is not None
        wanted = {403} if Role.HANDLER not in MAY[permission] else {200, 303, 409, 422}
        assert status in wanted, (method, rule, status)


def test_the_intake_sees_what_it_gave_away_and_leaves_it_alone(app: Flask, county: County) -> None:
    reporter = given(county, "office-2", "10000002")
    browser = at_work(app, county.office.clerk, "/cases/10000002")
    assert "这件交给了派驻第2组，那边还没有人领取" in browser.page.main
    pressed = [words(one) for form in browser.page.forms for one in form.buttons]
    assert "领取" not in pressed
    token = {"csrf_token": browser.page.value("csrf_token")}
    for button in ("claim", "take-over"):
        page = browser.post(f"/cases/10000002/{button}", token, status=409)
        assert "这件已经交给派驻第2组，由那边办。" in page.main
    assert county.office.case(reporter).claimed_by is None


def test_the_office_reads_an_answer_after_the_intake_opened_it(app: Flask, county: County) -> None:
    given(county, "office-2", "10000002")
    handler = at_work(app, county.ours.handler, "/cases/10000002")
    assert "请受理员打开新写的" in handler.page.main
    at_work(app, county.office.clerk, "/cases/10000002").press("打开新写的")
    assert "前年春天" in handler.open("/cases/10000002").main


def test_administrators_never_meet_a_case(app: Flask, county: County) -> None:
    given(county, "office-2", "10000002")
    for role in (Role.SECURITY_ADMINISTRATOR, Role.AUDITOR):
        assert Permission.CASES not in {one for one in Permission if role in MAY[one]}
        browser = at_work(app, hire(county.office.house, f"an.{role.value[:4]}", role))
        assert "10000002" not in browser.page.text
        browser.open("/cases/10000002", status=403)


def test_a_route_that_opens_a_session_of_its_own_to_read_cases_narrows_it_too() -> None:
    folder = Path(routes.__file__ or "").parent
    reading = {
        path.stem for path in folder.glob("*.py") if "database.reading()" in path.read_text("utf-8")
    }
    # These read people and their sessions; whoever adds another says here that it reads no case.
    without_cases = {"access", "challenges", "proof", "enrolment", "keys"}
    narrowed = {
        stem
        for stem in reading
        if "limit_to_own(reader)" in (folder / f"{stem}.py").read_text("utf-8")
    }
    assert reading - narrowed == without_cases


def test_no_query_joins_an_alias_of_cases_that_the_condition_would_miss() -> None:
    desk = Path(routes.__file__ or "").parent.parent
    sources = [path.read_text("utf-8") for path in desk.rglob("*.py")]
    assert sources
    assert not [source for source in sources if "aliased(Case)" in source]
