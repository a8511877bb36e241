"""/intake: the oldest first, one winner, and clear words for everybody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from flask import Flask

from tests.desk.arrivals import FILED, STORY
from tests.desk.casework import Office, at_work
from tests.page_parts import Page, words
from tests.pages import Browser


def waiting(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("th", scope="row")]


def claim_button(reference: str) -> str:
    return f"领取并打开 {reference}"


def press_at_once(app: Flask, office: Office, address: str) -> list[tuple[int, str]]:
    """Let both clerks press the same button in one moment; return status and page of each."""
    browsers = [at_work(app, one, "/intake") for one in (office.clerk, office.colleague)]
    start = Barrier(2)

    def press(browser: Browser) -> tuple[int, str]:
        token = {"csrf_token": browser.page.value("csrf_token")}
        start.wait(timeout=20)
        answer = browser.client.post(address, base_url=browser.origin, data=token)
        return answer.status_code, answer.get_data(as_text=True)

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(press, browsers))


def test_an_empty_intake_says_what_will_come(app: Flask, office: Office) -> None:
    page = at_work(app, office.clerk, "/intake").page
    assert "没有等人查看的举报" in page.main
    assert not page.find_all("table")


def test_the_oldest_stands_first_and_late_ones_are_marked(app: Flask, office: Office) -> None:
    office.arrive("20000002", now=FILED - timedelta(days=60))
    office.arrive("10000001", now=datetime.now(UTC))
    page = at_work(app, office.clerk, "/intake").page
    assert waiting(page) == ["20000002", "10000001"]
    late, fresh = page.find_all("tr")[1:]
    assert "已过期" in words(late)
    assert "已过期" not in words(fresh)
    assert STORY[:4] not in page.text


def test_claiming_opens_and_registers_and_is_written_down(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    browser = at_work(app, office.clerk, "/intake")
    page = browser.press(claim_button(reporter.reference))
    assert page.url == f"/cases/{reporter.reference}"
    assert "石桥村的修路款" in page.main
    assert office.case(reporter).claimed_by == office.clerk.id
    entry = [(office.clerk.id, reporter.reference)]
    for act in ("case-claimed", "case-opened", "case-read"):
        assert office.audited(act) == entry
    assert waiting(browser.open("/intake")) == []


def test_the_oldest_is_one_press_away(app: Flask, office: Office) -> None:
    office.arrive("10000001", now=FILED + timedelta(days=1))
    office.arrive("20000002")
    browser = at_work(app, office.clerk, "/intake")
    assert browser.press("领取最早的一件").h1 == "登记号 20000002"


def test_two_clerks_at_once_one_gets_it_and_the_other_reads_who(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    answers = press_at_once(app, office, f"/intake/{reporter.reference}/claim")
    winner = [status for status, _page in answers].index(303)
    status, page = answers[1 - winner]
    name = ("陈雨", "林涛")[winner]
    assert status == 409
    assert f"登记号83172054已经由{name}领取，请办下一件" in page
    assert office.case(reporter).claimed_by == (office.clerk, office.colleague)[winner].id
    assert len(office.audited("case-opened")) == 1


def test_two_clerks_who_take_the_oldest_at_once_get_one_each(app: Flask, office: Office) -> None:
    reporters = [office.arrive("10000001"), office.arrive("20000002")]
    answers = press_at_once(app, office, "/intake/next")
    assert [status for status, _page in answers] == [303, 303]
    holders = {office.case(one).claimed_by for one in reporters}
    assert holders == {office.clerk.id, office.colleague.id}


def test_a_report_that_somebody_has_is_told_by_name(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    browser = at_work(app, office.colleague, "/intake")
    office.open(reporter)
    page = browser.press(claim_button(reporter.reference), status=409)
    assert "已经由陈雨领取" in page.main
    assert waiting(page) == []


def test_an_unknown_reference_leads_back_to_the_list(app: Flask, office: Office) -> None:
    browser = at_work(app, office.clerk, "/account")
    token = browser.page.value("csrf_token")
    page = browser.post("/intake/99999999/claim", {"csrf_token": token}, status=404)
    assert "没有这个登记号" in page.main


def test_without_the_intake_key_the_page_says_where_to_get_it(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    office.take_keys_from(office.clerk)
    browser = at_work(app, office.clerk, "/intake")
    page = browser.press(claim_button(reporter.reference), status=409)
    assert "您没有这个时期的收件密钥" in page.main
    assert office.case(reporter).claimed_by is None
    page = browser.press("领取最早的一件", status=409)
    assert "现在没有您能打开的新举报" in page.main


def test_a_damaged_report_is_told_and_nothing_is_lost(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    office.damage(office.case(reporter).content_file)
    files = office.house.items.names()
    browser = at_work(app, office.clerk, "/intake")
    page = browser.press(claim_button(reporter.reference), status=409)
    assert "打不开：密封内容坏了" in page.main
    assert waiting(page) == [reporter.reference]
    assert office.house.items.names() == files
    assert office.case(reporter).claimed_by is None
    assert office.audited("case-claimed") == []


def test_a_damaged_report_does_not_keep_the_next_one_waiting(app: Flask, office: Office) -> None:
    oldest = office.arrive("10000001")
    office.arrive("20000002")
    office.damage(office.case(oldest).content_file)
    browser = at_work(app, office.clerk, "/intake")
    assert browser.press("领取最早的一件").h1 == "登记号 20000002"


def test_a_form_of_yesterday_does_nothing(app: Flask, office: Office) -> None:
    reporter = office.arrive()
    browser = at_work(app, office.clerk, "/intake")
    for address in ("/intake/next", f"/intake/{reporter.reference}/claim"):
        page = browser.post(address, {"csrf_token": "old"}, status=422)
        assert page.title.startswith("错误：")
        assert waiting(page) == [reporter.reference]
    assert office.case(reporter).claimed_by is None
