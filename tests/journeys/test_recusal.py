"""回避: a report that somebody must not handle goes back before a word of it is shown."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import citizens, staff
from tests.journeys.staff import Staff

STORY = "白鹭乡水务站的站长把抗旱的水泵租给自己表弟的砖厂。"
UNIT = "白鹭乡水务站"


@pytest.mark.journey
def test_a_clerk_who_must_stand_back_reads_nothing_and_a_colleague_claims_it(
    town: Staff, citizen_page: Page
) -> None:
    desk = town.portal.desk
    clerk = town.page("fangxiaoxi")
    mark(clerk, desk, UNIT)
    _code, reference = citizens.file(citizen_page, town.portal.public, STORY, unit=UNIT)
    staff.claim(clerk, desk, reference)
    expect(clerk.locator("h1")).to_have_text("这件需要您回避")
    see_nothing(clerk)
    clerk.goto(f"{desk}/intake")
    expect(clerk.locator("main")).not_to_contain_text(reference)
    clerk.goto(f"{desk}/cases/{reference}")
    see_nothing(clerk)
    colleague = town.page("shisong")
    staff.claim(colleague, desk, reference)
    expect(colleague.locator("h1")).to_contain_text(reference)
    expect(colleague.locator("main")).to_contain_text(STORY)
    clerk.goto(f"{desk}/cases/{reference}")
    see_nothing(clerk)


def mark(page: Page, desk: str, unit: str) -> None:
    """Find the own list from the account, and put a unit on it."""
    page.goto(f"{desk}/account")
    page.get_by_role("link", name="回避名单").click()
    page.locator("[name=words]").fill(unit)
    page.get_by_role("button", name="加到名单").click()
    expect(page.locator("main")).to_contain_text(unit)


def see_nothing(page: Page) -> None:
    for word in ("水务站", "水泵", "砖厂"):
        expect(page.locator("body")).not_to_contain_text(word)
