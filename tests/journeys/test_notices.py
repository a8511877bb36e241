"""A notice: from a fragment pasted out of Word to a page for everybody, and to a tombstone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.staff import Staff
from tests.running import until

TITLE = "青岚县纪委监委通报1起侵占集体资金问题"
PASTED = (
    '<p class="MsoNormal" style="mso-x:1">经查，<b>祁山河</b>把手机13912345678、身份证号'
    "11010519491231002X写在收据上，交给会计赵海棠。</p>"
)
SECRETS = ("祁山河", "赵海棠", "13912345678", "11010519491231002X")
CASE = {
    "unit": "某镇某村",
    "post": "党支部原书记",
    "people": "甲",
    "what": "侵占集体资金问题",
    "amount": "3万余元",
    "recovered": "已追缴3万余元",
}


@pytest.mark.journey
def test_a_notice_is_drafted_checked_released_corrected_and_withdrawn(
    town: Staff, citizen_page: Page
) -> None:
    editor, approver = town.page("muyunfei"), town.page("jiangwanzhao")
    public = town.portal.public
    notice = draft(editor, town.portal.desk)
    check(editor, notice)
    refused(editor, notice)
    release(approver, notice, town, findings=1)
    number = shown(approver, notice)
    address = f"{public}/notices/{number}"
    read(citizen_page, public, address)
    correct(editor, notice)
    release(approver, notice, town)
    until(lambda: says(citizen_page, address, "金额写少了"), seconds=60)
    withdraw(approver, notice, town)
    until(lambda: says(citizen_page, address, "这份通报已经撤下"), seconds=60)
    answer = citizen_page.goto(address)
    assert answer is not None
    assert answer.status == 410
    expect(citizen_page.locator("main")).not_to_contain_text("集体资金收在自己名下")


def draft(page: Page, desk: str) -> str:
    """Register two people, fill in one case, paste; return the notice's address."""
    page.goto(f"{desk}/notices/new")
    page.locator("[name=title]").fill(TITLE)
    page.get_by_role("button", name="开始起草").click()
    notice = page.url.removesuffix("/edit")
    page.goto(f"{notice}/parties")
    for n, (name, role) in enumerate({"祁山河": "subject", "赵海棠": "witness"}.items()):
        page.locator(f"[name=party_{n}_role]").select_option(role)
        page.locator(f"[name=party_{n}_name]").fill(name)
    page.get_by_role("button", name="保存").click()
    page.goto(f"{notice}/edit")
    for name, value in CASE.items():
        page.locator(f"[name=case_0_{name}]").fill(value)
    page.locator("[name=summary]").fill("集体资金收在自己名下，已经追缴。")
    page.locator("[name=closing]").fill(PASTED)
    page.get_by_role("button", name="保存", exact=True).click()
    return notice


def check(page: Page, notice: str) -> None:
    """See every finding, let all be changed as proposed, submit."""
    page.goto(f"{notice}/check")
    for secret in SECRETS:
        expect(page.locator("main")).to_contain_text(secret)
    expect(page.locator("main")).to_contain_text("现在还不能放行")
    page.get_by_role("button", name="全部照上面改").click()
    page.goto(notice)
    for secret in SECRETS:
        expect(page.locator(".sheet").first).not_to_contain_text(secret)
    page.goto(f"{notice}/edit")
    closing = page.locator("[name=closing]")
    closing.fill(closing.input_value() + "<p>举报电话13800138000。</p>")
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(f"{notice}/check")
    page.get_by_role("button", name="提交审核").click()


def refused(page: Page, notice: str) -> None:
    """Whoever wrote it cannot accept what was found."""
    for part in ("review", "publish"):
        answer = page.goto(f"{notice}/{part}")
        assert answer is not None
        assert answer.status == 403


def release(page: Page, notice: str, town: Staff, *, findings: int = 0) -> None:
    """Accept what is left with a reason, approve, release."""
    page.goto(f"{notice}/review")
    if findings:
        expect(page.get_by_role("checkbox")).to_have_count(findings)
        page.get_by_role("button", name="同意这一版").click()
        expect(page.locator("main")).to_contain_text("没有办成")
        page.get_by_role("checkbox").first.check()
        page.locator("[name=reason]").fill("这是公布的举报电话")
        page.get_by_role("button", name="勾选的照这样写").click()
    page.get_by_role("button", name="同意这一版").click()
    page.goto(f"{notice}/publish")
    town.prove(page, "jiangwanzhao")
    page.get_by_role("button", name="放行").click()


def shown(page: Page, notice: str) -> str:
    """Wait until the public site said that it shows it; return its number."""
    main = page.locator("main")
    until(lambda: page.goto(notice) and "已显示" in main.inner_text(), seconds=90)
    found = re.search(r"编号 (\d{4}-\d{4})", main.inner_text())
    assert found
    return found.group(1)


def read(page: Page, public: str, address: str) -> None:
    """Search, open, look at the feed and at what a printer gets."""
    page.goto(f"{public}/notices")
    page.locator("[name=q]").fill("追缴")
    page.get_by_role("button", name="找").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(address)
    expect(page.locator("main")).to_contain_text("祁某某")
    feed = page.request.get(f"{public}/feed/notices.xml").text()
    assert TITLE in feed
    for secret in SECRETS:
        assert secret not in feed
        assert secret not in page.content()
    page.emulate_media(media="print")
    expect(page.locator("h1")).to_contain_text(TITLE)
    page.emulate_media(media="screen")


def correct(page: Page, notice: str) -> None:
    page.goto(f"{notice}/correct")
    page.locator("[name=why]").fill("金额写少了")
    page.get_by_role("button", name="开始更正").click()
    amount = page.locator("[name=case_0_amount]")
    amount.fill("4万余元")
    page.get_by_role("button", name="照各项重写这一段").click()
    page.get_by_role("button", name="保存", exact=True).click()
    page.goto(f"{notice}/check")
    page.get_by_role("button", name="提交审核").click()


def says(page: Page, address: str, words: str) -> bool:
    page.goto(address)
    return words in page.locator("main").inner_text()


def withdraw(page: Page, notice: str, town: Staff) -> None:
    page.goto(f"{notice}/withdraw")
    page.locator("[name=reason]").fill("事实正在重新核实。")
    town.prove(page, "jiangwanzhao")
    page.get_by_role("button", name="撤回").click()
