"""The main story, in Chromium without JavaScript: filed, asked back, closed, read, rated."""

import pytest
from playwright.sync_api import Page, expect

from tests import walk
from tests.journeys import citizens, proxy, staff
from tests.journeys.citizens import wait_for_progress
from tests.journeys.staff import Staff, act
from tests.needs import need, need_time

# 2,000 characters: beyond the basic plane, full-width punctuation, a bidi mark.
STORY = ("石桥村的山林承包款去了哪里，没有人说得清；𠮷老三说“账在会计家里”！\u202e" * 80)[:2000]
QUESTION = "您写的承包款，我们想再问清楚：\n一、合同是哪一年签的？"
ANSWER = "合同是前年春天签的，\n村口小卖部的人都知道。𠮷"
CLOSING = "您反映的承包款问题已经按规定办理完毕，账目已经张榜公布。"


@pytest.mark.journey
def test_a_report_is_filed_accepted_asked_about_answered_and_closed(
    town: Staff, citizen_page: Page
) -> None:
    portal = town.portal
    tell(portal.public, portal.desk, citizen_page, town.page("fangxiaoxi"))


@pytest.mark.journey
def test_the_same_over_tls_behind_a_proxy(start, citizen_page, clerk_page, tmp_path):
    need_time("tells the main story once more")
    need(condition=proxy.NGINX is not None, reason="nginx is not installed")
    tls = {f"PORTAL_{side}_HTTPS": "true" for side in ("PUBLIC", "DESK")}
    named = {f"PORTAL_{side}_PROXY": "127.0.0.1" for side in ("PUBLIC", "DESK")}
    portal = start(**tls, **named)
    front = proxy.start(tmp_path / "nginx", portal.public, portal.desk)
    try:
        walk.sign_in(portal, clerk_page, "fangxiaoxi", front.desk)
        tell(front.public, front.desk, citizen_page, clerk_page)
        for page in (citizen_page, clerk_page):
            kept = page.context.cookies()
            assert all(one["name"].startswith("__Host-") and one["secure"] for one in kept)
            answer = page.request.get(page.url)
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
    finally:
        front.stop()


def tell(public: str, desk: str, citizen: Page, clerk: Page) -> None:
    """Tell the story between a citizen and a clerk who is signed in."""
    unit = "柳溪镇石桥村（村委会）"
    code, reference = citizens.file(citizen, public, STORY, unit=unit)
    staff.claim(clerk, desk, reference)
    see_every_character(clerk, reference)
    act(clerk, "受理", "您反映的关于承包款的问题，我们已经受理。")
    wait_for_progress(citizen, public, code, "已受理")
    act(clerk, "请补充", QUESTION)
    wait_for_progress(citizen, public, code, "请您补充")
    expect(citizen.locator("main")).to_contain_text("合同是哪一年签的")
    citizens.say(citizen, "回答", ANSWER, "发出去")
    wait_for_progress(citizen, public, code, "已受理")
    staff.open_words(clerk, desk, reference, "村口小卖部的人都知道。𠮷")
    act(clerk, "办结", CLOSING)
    wait_for_progress(citizen, public, code, "已办理完毕")
    expect(citizen.locator("main")).to_contain_text("账目已经张榜公布")
    citizens.rate(citizen)
    staff.see_that_it_was_rated(clerk, desk, reference)


def see_every_character(page: Page, reference: str) -> None:
    """What cannot be seen is named, what is rare is whole."""
    expect(page.locator("h1")).to_contain_text(reference)
    shown = page.locator(".sheet").first.inner_text()
    assert "从右到左" in shown
    assert "𠮷老三说“账在会计家里”！" in shown
