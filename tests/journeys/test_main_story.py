"""The main story, in Chromium without JavaScript: filed, asked back, closed, read, rated."""

import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import proxy
from tests.needs import need, need_time
from tests.running import RunningPortal

# 2,000 characters: beyond the basic plane, full-width punctuation, a bidi mark.
STORY = ("石桥村的山林承包款去了哪里，没有人说得清；𠮷老三说“账在会计家里”！\u202e" * 80)[:2000]
QUESTION = "您写的承包款，我们想再问清楚：\n一、合同是哪一年签的？"
ANSWER = "合同是前年春天签的，\n村口小卖部的人都知道。𠮷"
CLOSING = "您反映的承包款问题已经按规定办理完毕，账目已经张榜公布。"


@pytest.mark.journey
def test_a_report_is_filed_accepted_asked_about_answered_and_closed(
    start, citizen_page, clerk_page
):
    portal = start()
    tell(portal, portal.public, portal.desk, citizen_page, clerk_page)


@pytest.mark.journey
def test_the_same_over_tls_behind_a_proxy(start, citizen_page, clerk_page, tmp_path):
    need_time("tells the main story once more")
    need(condition=proxy.NGINX is not None, reason="nginx is not installed")
    tls = {f"PORTAL_{side}_HTTPS": "true" for side in ("PUBLIC", "DESK")}
    named = {f"PORTAL_{side}_PROXY": "127.0.0.1" for side in ("PUBLIC", "DESK")}
    portal = start(**tls, **named)
    front = proxy.start(tmp_path / "nginx", portal.public, portal.desk)
    try:
        tell(portal, front.public, front.desk, citizen_page, clerk_page)
        for page in (citizen_page, clerk_page):
            kept = page.context.cookies()
            assert all(one["name"].startswith("__Host-") and one["secure"] for one in kept)
            answer = page.request.get(page.url)
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
    finally:
        front.stop()


def tell(portal: RunningPortal, public: str, desk: str, citizen: Page, clerk: Page) -> None:
    code = file_a_report(citizen, public)
    reference = read_reference(citizen)
    sign_in(portal, clerk, desk)
    claim(clerk, desk, reference)
    act(clerk, "受理", "您反映的关于承包款的问题，我们已经受理。")
    wait_for_progress(citizen, public, code, "已受理")
    act(clerk, "请补充", QUESTION)
    wait_for_progress(citizen, public, code, "请您补充")
    expect(citizen.locator("main")).to_contain_text("合同是哪一年签的")
    answer(citizen)
    wait_for_progress(citizen, public, code, "已受理")
    open_answer(clerk, desk, reference)
    act(clerk, "办结", CLOSING)
    wait_for_progress(citizen, public, code, "已办理完毕")
    expect(citizen.locator("main")).to_contain_text("账目已经张榜公布")
    rate(citizen)
    see_that_it_was_rated(clerk, desk, reference)


def file_a_report(page: Page, public: str) -> str:
    """File the story; return the code as it was shown."""
    page.goto(f"{public}/report")
    page.get_by_role("button", name="自己填").click()
    page.locator("[name=category][value=village]").check()
    go_on(page)
    page.locator("[name=unit]").fill("柳溪镇石桥村（村委会）")
    go_on(page)
    page.locator("[name=story]").fill(STORY)
    go_on(page)
    page.locator("[name=mode][value=anonymous]").check()
    go_on(page)
    expect(page.locator("main")).to_contain_text("还没有提交")
    groups = page.locator(".code__group").all_inner_texts()
    digits = [re.sub(r"\D", "", group)[-4:] for group in groups][:6]
    page.locator("[name=last_group]").fill(digits[5])
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("h1")).to_have_text("已收到")
    return " ".join(digits)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()


def read_reference(page: Page) -> str:
    found = re.search(r"登记号\s*(\d{8})", page.locator("main").inner_text())
    assert found
    return found.group(1)


def sign_in(portal: RunningPortal, page: Page, desk: str) -> None:
    person = portal.people()["fangxiaoxi"]
    page.goto(desk)
    page.locator("[name=name]").fill(person["name"])
    page.locator("[name=password]").fill(person["password"])
    page.locator("[name=code]").fill(pyotp.TOTP(person["totp_secret"]).now())
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_contain_text("今天要办的")


def claim(page: Page, desk: str, reference: str) -> None:
    """Claim and open the report, as soon as it has crossed."""
    button = page.locator(f"form[action='/intake/{reference}/claim'] button")
    until(lambda: page.goto(f"{desk}/intake") and button.count() == 1)
    button.click()
    expect(page.locator("h1")).to_contain_text(reference)
    shown = page.locator(".sheet").first.inner_text()
    assert "从右到左" in shown
    assert "𠮷老三说“账在会计家里”！" in shown


def act(page: Page, label: str, words: str) -> None:
    """Write, look at the preview, save."""
    page.get_by_role("link", name=label, exact=True).click()
    page.locator("[name=text]").fill(words)
    page.get_by_role("button", name="先看看反映人会看到什么").click()
    expect(page.locator(".desk-preview")).to_contain_text(words.split("\n", maxsplit=1)[0])
    page.get_by_role("button", name=f"保存：{label}").click()
    expect(page.locator("main")).to_contain_text("接下来")


def wait_for_progress(page: Page, public: str, code: str, label: str) -> None:
    """Look the code up, as a citizen would once in a while, until the page says so."""

    def says_so() -> bool:
        page.goto(f"{public}/track")
        page.locator("[name=code]").fill(code)
        page.get_by_role("button", name="查询").click()
        return label in page.locator("h1").inner_text()

    until(says_so)


def answer(page: Page) -> None:
    page.get_by_role("link", name="回答", exact=True).click()
    page.locator("[name=text]").fill(ANSWER)
    page.locator("main").get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text("办理进度")


def open_answer(page: Page, desk: str, reference: str) -> None:
    page.goto(f"{desk}/cases/{reference}")
    page.get_by_role("button", name="打开新写的").click()
    expect(page.locator("main")).to_contain_text("村口小卖部的人都知道。𠮷")


def rate(page: Page) -> None:
    """Choose two answers, skip the others, and read that it was received."""
    page.get_by_role("link", name="评价办理情况").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    page.locator("[name=speed][value='2']").check()
    page.locator("[name=solved][value=partly]").check()
    page.get_by_role("button", name="发出评价").click()
    expect(page.locator("main")).to_contain_text("已评价")


def see_that_it_was_rated(page: Page, desk: str, reference: str) -> None:
    """The clerk sees that, and nothing of what was chosen."""

    def says_so() -> bool:
        page.goto(f"{desk}/cases/{reference}")
        return "已评价" in page.locator("main").inner_text()

    until(says_so)
    for chosen in ("不满意", "部分解决"):
        expect(page.locator("main")).not_to_contain_text(chosen)


def until(happened, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.3)
