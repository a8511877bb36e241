"""A letter on the walk: a clerk enters it, and its writer exchanges the claim slip."""

import re

from playwright.sync_api import Page

from portal.reference.days import local_day, utcnow
from tests.running import RunningPortal
from tests.walk.signing_in import Visit

STORY = "石桥村修路款去年冬天到今天没有公开，会计说账目丢了。"
UNBROKEN = "柳溪镇石桥村" * 30
RELAY_PASSES = 20


def enter(portal: RunningPortal, page: Page, visit: Visit) -> str:
    """Enter a letter, print its slip; return the code on the slip."""
    page.goto(portal.desk + "/cases/new")
    page.locator("[name=received_on]").fill("昨天")
    page.get_by_role("button", name="登记", exact=True).click()
    visit("letter-error", page)
    page.locator("[name=channel]").select_option("XIN")
    page.locator("[name=received_on]").fill(str(local_day(utcnow())))
    page.locator("[name=category]").select_option("village")
    page.locator("[name=unit]").fill(UNBROKEN)
    page.locator("[name=story]").fill(STORY)
    page.locator("[name=full_name]").fill("柳小满")
    page.get_by_role("button", name="登记", exact=True).click()
    visit("letter-entered", page)
    page.get_by_role("button", name="出领取单").click()
    visit("slip", page)
    shown = page.locator(".code__group").all_inner_texts()
    page.reload()
    visit("slip-shown", page)
    return " ".join(re.sub(r"\D", "", group)[-4:] for group in shown)


def claim(portal: RunningPortal, page: Page, visit: Visit, slip: str) -> None:
    """Exchange the slip\'s code for an own one, as soon as the slip is known."""
    claim = page.get_by_role("link", name="换成我自己的查询码")
    for _pass_of_the_relay in range(RELAY_PASSES):
        page.goto(portal.public + "/track")
        page.locator("[name=code]").fill(slip)
        page.get_by_role("button", name="查询").click()
        if claim.count():
            break
        page.wait_for_timeout(1_000)
    visit("slip-case", page)
    claim.click()
    visit("claim", page)
    page.get_by_role("button", name="换好").click()
    visit("claim-error", page)
    last = re.sub(r"\D", "", page.locator(".code__group").all_inner_texts()[5])[-4:]
    page.locator("[name=last_group]").fill(last)
    page.get_by_role("button", name="换好").click()
    visit("claimed", page)
