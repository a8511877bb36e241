"""A passphrase is lost, or a phone: people come back, and open what they opened before."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import citizens, staff
from tests.journeys.staff import Staff

STORY = "长桥镇的粮站收粮压秤，一车少算两百斤，磅单都换过。"


@pytest.mark.journey
def test_a_clerk_who_lost_the_passphrase_opens_the_same_case_again(
    town: Staff, citizen_page: Page
) -> None:
    public, desk = town.portal.public, town.portal.desk
    _code, reference = citizens.file(citizen_page, public, STORY, unit="长桥镇粮站")
    before = town.page("shisong")
    staff.claim(before, desk, reference)
    expect(before.locator("main")).to_contain_text(STORY)
    enrol_anew(town, "shisong", link_by_two_administrators(town, "石松"))
    before.reload()
    expect(before.locator("h1")).to_have_text("登录办公台")
    clerk = town.page("shisong")
    expect(clerk.locator("main")).to_contain_text("您的密钥要由同事再授予一次")
    clerk.goto(f"{desk}/cases/{reference}")
    expect(clerk.locator("main")).not_to_contain_text(STORY)
    grant_again(town, "fangxiaoxi", "石松")
    clerk.goto(f"{desk}/cases/{reference}")
    expect(clerk.locator("main")).to_contain_text(STORY)
    expect(town.page("shisong").locator("main")).not_to_contain_text("再授予一次")


@pytest.mark.journey
def test_with_a_lost_phone_a_code_from_paper_opens_the_desk_once(town: Staff) -> None:
    page = town.page("lushuyun")
    page.goto(f"{town.portal.desk}/account/recovery-codes")
    codes = page.locator(".desk-recovery__code").all_inner_texts()
    town.prove(page, "lushuyun")
    page.get_by_role("button", name="换成这一套").click()
    expect(page.locator("main")).to_contain_text("备用码已经换成新的一套")
    page.get_by_role("button", name="退出").click()
    town.sign_in(page, "lushuyun", codes[0])
    expect(page.locator("main")).to_contain_text("您用掉了一个备用码，还剩9个")
    page.goto(f"{town.portal.desk}/keys")
    expect(page.locator("main")).to_contain_text("鹿疏云（您）")
    page.get_by_role("button", name="退出").click()
    town.sign_in(page, "lushuyun", codes[0])
    expect(page.locator("main")).to_contain_text("登录名、口令或动态码不对")


def link_by_two_administrators(town: Staff, shown_name: str) -> str:
    """One proposes a new link, the other confirms it and hands it over."""
    first, second = town.page("anruoshui"), town.page("wenrushuang")
    first.goto(f"{town.portal.desk}/people")
    first.get_by_role("link", name=shown_name).click()
    first.get_by_role("link", name="重新登记（忘了口令、换了手机）").click()
    town.prove(first, "anruoshui")
    first.get_by_role("button", name="发登记链接").click()
    expect(first.locator("main")).to_contain_text("已经提出，还没有生效")
    second.goto(first.url)
    town.prove(second, "wenrushuang")
    second.get_by_role("button", name="确认，马上生效").click()
    return second.locator(".sheet").inner_text()


def enrol_anew(town: Staff, name: str, link: str) -> None:
    """Open the link in a fresh browser and do its four steps."""
    context = town.browser()
    page = context.new_page()
    page.goto(link)
    passphrase = " ".join(page.locator(".code__group").all_inner_texts())
    secret = page.locator(".desk-secret").inner_text().replace(" ", "")
    town.learn(name, passphrase, secret)
    page.locator("[name=passphrase]").fill(passphrase)
    page.locator("[name=code]").fill(town.code(name))
    page.get_by_role("button", name="完成登记").click()
    expect(page.locator("h1")).to_have_text("登录办公台")
    context.close()


def grant_again(town: Staff, name: str, shown_name: str) -> None:
    """Follow the notice of the first page and press every button that waits."""
    holder = town.page(name)
    expect(holder.locator("main")).to_contain_text(f"{shown_name}重新登记过")
    holder.get_by_role("link", name="现在去授予").click()
    waiting = holder.get_by_role("button", name=f"重新授予{shown_name}")
    assert waiting.count()
    for left in reversed(range(waiting.count())):
        waiting.first.click()
        holder.wait_for_load_state()
        # Who proved long ago who they are is asked once more.
        asked_again = holder.get_by_role("button", name="授予", exact=True)
        if asked_again.count():
            town.prove(holder, name)
            asked_again.click()
        expect(waiting).to_have_count(left)
