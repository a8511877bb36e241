"""Two citizens report one person; a clerk links the reports, and neither citizen sees any of it."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.test_main_story import (
    act,
    go_on,
    read_reference,
    sign_in,
    until,
    wait_for_progress,
)

STORIES = (
    "石桥村的会计江望川把承包款存在自己名下，账目两年没有公开过。",
    "村里的承包款一直没有分，听说都在会计江望川那里，问他就说没有。",
)
QUIET_SECONDS = 4
ACCEPTED = "您反映的关于承包款的问题，我们已经受理。"


@pytest.fixture
def citizens(chromium: Browser) -> Iterator[list[Page]]:
    """Two phones that know nothing of one another."""
    contexts = [
        chromium.new_context(viewport={"width": 375, "height": 667}, java_script_enabled=False)
        for _citizen in STORIES
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.journey
def test_two_reports_are_linked_and_their_reporters_see_no_difference(
    start, citizens: list[Page], clerk_page: Page
) -> None:
    portal = start()
    filed = [
        file_a_report(page, portal.public, story)
        for page, story in zip(citizens, STORIES, strict=True)
    ]
    codes = [code for code, _reference in filed]
    first, again = (reference for _code, reference in filed)
    sign_in(portal, clerk_page, portal.desk)
    for reference in (first, again):
        register(clerk_page, portal.desk, reference)
    for page, code in zip(citizens, codes, strict=True):
        wait_for_progress(page, portal.public, code, "已受理")
    shown = [track(page, portal.public, code) for page, code in zip(citizens, codes, strict=True)]
    link(clerk_page, portal.desk, first, again)
    time.sleep(QUIET_SECONDS)
    assert shown == [
        track(page, portal.public, code) for page, code in zip(citizens, codes, strict=True)
    ]


def file_a_report(page: Page, public: str, story: str) -> tuple[str, str]:
    """Report the accountant; return the code and the reference."""
    page.goto(f"{public}/report/matter")
    page.locator("[name=category][value=village]").check()
    go_on(page)
    page.locator("[name=unit]").fill("柳溪镇石桥村")
    page.locator("[name=name]").fill("江望川")
    go_on(page)
    page.locator("[name=story]").fill(story)
    go_on(page)
    page.locator("[name=mode][value=anonymous]").check()
    go_on(page)
    groups = page.locator(".code__group").all_inner_texts()
    digits = [re.sub(r"\D", "", group)[-4:] for group in groups][:6]
    page.locator("[name=last_group]").fill(digits[5])
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("h1")).to_have_text("已收到")
    return " ".join(digits), read_reference(page)


def register(page: Page, desk: str, reference: str) -> None:
    """Claim, fill in the sheet from what the report says, accept."""
    button = page.locator(f"form[action='/intake/{reference}/claim'] button")
    until(lambda: page.goto(f"{desk}/intake") and button.count() == 1)
    button.click()
    page.get_by_role("link", name="填登记表").click()
    expect(page.locator("[name=name]")).to_have_value("江望川")
    page.locator("[name=matter]").fill("承包款")
    page.get_by_role("button", name="保存，看看有没有重复的").click()
    expect(page.locator("main")).to_contain_text("已保存：登记表")
    page.goto(f"{desk}/cases/{reference}")
    act(page, "受理", ACCEPTED)


def link(page: Page, desk: str, first: str, again: str) -> None:
    page.goto(f"{desk}/cases/{again}")
    page.get_by_role("link", name="找重复件").click()
    expect(page.locator(".govuk-radios__item").first).to_contain_text("单位、姓名、类别相同")
    page.get_by_label(first).check()
    page.locator("[name=note]").fill("同一个人，同一笔钱。")
    page.get_by_role("button", name="标为重复件").click()
    for words in ("已保存：标为重复件", "重复，第2次，一共2件", first, "同一个人，同一笔钱。"):
        expect(page.locator("main")).to_contain_text(words)
    page.goto(f"{desk}/cases/{first}")
    expect(page.locator("main")).to_contain_text("初次，一共2件")
    page.goto(f"{desk}/cases")
    expect(page.locator("tr", has_text=again)).to_contain_text("重复")
    expect(page.locator("tr", has_text=first)).not_to_contain_text("重复")


def track(page: Page, public: str, code: str) -> str:
    """What the citizen reads, headings and dates and all."""
    page.goto(f"{public}/track")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="查询").click()
    return page.locator("main").inner_text()
