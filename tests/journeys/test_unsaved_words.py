"""What an editor types survives a page that is gone without a word, with JavaScript and in time."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.staff import SCREEN, Staff
from tests.running import until

EDITOR, SECOND = "muyunfei", "shenlinxi"
TYPED = "石桥村的账目还没有核对完，先写到这里"
KEPT = re.compile(r"已自动保存 \d\d:\d\d")


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Browsers with JavaScript, each knowing nobody yet."""
    opened: list[BrowserContext] = []

    def begin() -> Page:
        opened.append(chromium.new_context(viewport=SCREEN))
        return opened[-1].new_page()

    yield begin
    for context in opened:
        context.close()


def begin_notice(page: Page, desk: str, title: str) -> str:
    page.goto(f"{desk}/notices/new")
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name="开始起草").click()
    page.wait_for_load_state()
    return page.url.removesuffix("/edit")


def status(page: Page):
    return page.get_by_role("status")


@pytest.mark.journey
def test_words_outlive_a_page_that_died_and_a_second_editor_is_told(
    town: Staff, open_browser
) -> None:
    page = open_browser()
    town.sign_in(page, EDITOR, town.code(EDITOR))
    notice = begin_notice(page, town.portal.desk, "没写完的通报")
    expect(page.get_by_role("button", name="暂存")).to_be_hidden()
    page.locator("[name=summary]").press_sequentially(TYPED)
    expect(status(page)).to_have_text(KEPT, timeout=15_000)
    page.context.close()

    page = open_browser()
    town.sign_in(page, EDITOR, town.code(EDITOR))
    page.goto(f"{notice}/edit")
    expect(page.locator("main")).to_contain_text(TYPED)
    page.get_by_role("button", name="接着写").click()
    expect(page.locator("[name=summary]")).to_have_value(TYPED)

    second = town.page(SECOND)
    second.goto(f"{notice}/edit")
    expect(second.locator("main")).to_contain_text("穆云霏正在改这份通报")
    expect(second.locator("[name=summary]")).to_have_value("")
    second.locator("[name=title]").fill("第二个人先保存了")
    second.get_by_role("button", name="保存", exact=True).click()

    page.locator("[name=summary]").fill(f"{TYPED}。")
    expect(status(page)).to_contain_text("后来沈临溪保存了第2版", timeout=15_000)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("您的还没有保存")
    expect(page.locator("[name=summary]")).to_have_value(f"{TYPED}。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("已保存，第3版")
    page.goto(f"{notice}/edit")
    expect(page.locator("h1")).to_have_text("改通报的文字")


@pytest.mark.journey
def test_who_leaves_the_page_early_or_is_signed_out_loses_nothing(
    town: Staff, open_browser
) -> None:
    page = open_browser()
    town.sign_in(page, EDITOR, town.code(EDITOR))
    notice = begin_notice(page, town.portal.desk, "走开了的通报")
    page.goto(f"{notice}/parties")
    page.locator("[name=party_0_name]").press_sequentially("祁山河")
    page.goto(notice)
    main = page.locator("main")
    until(lambda: page.goto(f"{notice}/parties") and "祁山河" in main.inner_text())
    page.get_by_role("button", name="接着写").click()

    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("[name=party_0_post]").press_sequentially("会计")
    expect(status(page)).to_contain_text("登录已经结束", timeout=15_000)
    expect(page.locator("[name=party_0_post]")).to_have_value("会计")
    page.context.add_cookies(cookies)
    refused = page.request.post(
        f"{notice}/unsaved/parties", form={"party_0_name": "别人写的"}, fail_on_status_code=False
    )
    assert refused.status == 403
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("已保存，第2版")
    expect(page.locator("[name=party_0_post]")).to_have_value("会计")


@pytest.mark.journey
def test_a_network_that_is_down_is_said_and_tried_again(town: Staff, open_browser) -> None:
    page = open_browser()
    town.sign_in(page, EDITOR, town.code(EDITOR))
    begin_notice(page, town.portal.desk, "网断了的通报")
    page.context.set_offline(True)
    page.locator("[name=summary]").press_sequentially(TYPED)
    expect(status(page)).to_have_text("没能保存，文字还在这一页", timeout=15_000)
    page.context.set_offline(False)
    expect(status(page)).to_have_text(KEPT, timeout=15_000)
