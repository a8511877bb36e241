"""A citizen is pressed to withdraw and says so: the desk sees it, answers, and goes on."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import citizens, staff
from tests.journeys.citizens import wait_for_progress, wait_for_words
from tests.journeys.staff import Staff, act

STORY = "望江村的护林员工资三年没有发，名单上的人村里都没有见过。"
WHY = "队长带人到家里坐了一晚上，叫我撤。"
ANSWER = "您的撤回申请我们看到了。要是有人逼您，请打电话。您反映的问题会继续办理。"


@pytest.mark.journey
def test_a_withdrawal_under_pressure_is_seen_and_nothing_is_lost(
    town: Staff, citizen_page: Page
) -> None:
    public, desk = town.portal.public, town.portal.desk
    code, reference = citizens.file(citizen_page, public, STORY, unit="白鹭乡望江村")
    clerk = town.page("fangxiaoxi")
    staff.claim(clerk, desk, reference)
    act(clerk, "受理", "您反映的护林员工资，我们已经受理。")
    wait_for_progress(citizen_page, public, code, "已受理")
    withdraw(citizen_page)
    see_that_somebody_presses(clerk, desk, reference)
    act(clerk, "回应撤回申请", ANSWER, link="回应这个申请")
    wait_for_words(citizen_page, public, code, ANSWER)
    expect(citizen_page.locator("h1")).to_have_text("办理进度：已受理")
    expect(citizen_page.locator("main")).not_to_contain_text("已申请撤回")
    clerk.goto(f"{desk}/cases/{reference}")
    for kept in (STORY, WHY, ANSWER):
        expect(clerk.locator("main")).to_contain_text(kept)
    expect(clerk.get_by_role("link", name="办结", exact=True)).to_be_visible()


def withdraw(page: Page) -> None:
    """Say that somebody presses, think again on the next page, ask."""
    page.get_by_role("link", name="申请撤回").click()
    page.locator("[name=pressed][value=yes]").check()
    page.locator("[name=text]").fill(WHY)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("还没有发出去")
    page.get_by_role("button", name="确认，申请撤回").click()
    expect(page.locator("main")).to_contain_text("已申请撤回")


def see_that_somebody_presses(clerk: Page, desk: str, reference: str) -> None:
    """The danger stands on the case and on the first page, and what was written beside it."""
    staff.open_words(clerk, desk, reference, WHY)
    expect(clerk.locator("main")).to_contain_text("有人要求撤回")
    clerk.goto(desk)
    expect(clerk.locator("#wished tr", has_text=reference)).to_contain_text("有人要求撤回")
    clerk.goto(f"{desk}/cases/{reference}")
