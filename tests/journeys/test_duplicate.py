"""Two citizens report one person; a clerk links the reports, and neither citizen sees any of it."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import citizens, staff
from tests.journeys.staff import Staff

STORIES = (
    "石桥村的会计江望川把承包款存在自己名下，账目两年没有公开过。",
    "村里的承包款一直没有分，听说都在会计江望川那里，问他就说没有。",
)
UNIT = "柳溪镇石桥村"
QUIET_SECONDS = 4
ACCEPTED = "您反映的关于承包款的问题，我们已经受理。"


@pytest.fixture
def phones(chromium: Browser) -> Iterator[list[Page]]:
    """Two phones that know nothing of one another."""
    contexts = [
        chromium.new_context(viewport={"width": 375, "height": 667}, java_script_enabled=False)
        for _story in STORIES
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


@pytest.mark.journey
def test_two_reports_are_linked_and_their_reporters_see_no_difference(
    town: Staff, phones: list[Page]
) -> None:
    public, desk, clerk = town.portal.public, town.portal.desk, town.page("fangxiaoxi")
    filed = [
        citizens.file(phone, public, story, unit=UNIT)
        for phone, story in zip(phones, STORIES, strict=True)
    ]
    both = [(phone, code) for phone, (code, _reference) in zip(phones, filed, strict=True)]
    # Of one day, the lower number comes first.
    first, again = sorted(reference for _code, reference in filed)
    for reference in (first, again):
        register(clerk, desk, reference)
    for phone, code in both:
        citizens.wait_for_progress(phone, public, code, "已受理")
    shown = [track(phone, public, code) for phone, code in both]
    link(clerk, desk, first, again)
    time.sleep(QUIET_SECONDS)
    assert shown == [track(phone, public, code) for phone, code in both]


def register(page: Page, desk: str, reference: str) -> None:
    """Claim, fill in the sheet from what the report says, accept."""
    staff.claim(page, desk, reference)
    page.get_by_role("link", name="填登记表").click()
    expect(page.locator("[name=unit]")).to_have_value(UNIT)
    page.locator("[name=name]").fill("江望川")
    page.locator("[name=matter]").fill("承包款")
    page.get_by_role("button", name="保存，看看有没有重复的").click()
    expect(page.locator("main")).to_contain_text("已保存：登记表")
    page.goto(f"{desk}/cases/{reference}")
    staff.act(page, "受理", ACCEPTED)


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
    citizens.look_up(page, public, code)
    return page.locator("main").inner_text()
