"""A walk past every page of the notices, as an editor and as an approver."""

from playwright.sync_api import Page

from portal.reference.days import local_day, utcnow
from tests.running import RunningPortal
from tests.walk.signing_in import Visit, sign_in, sign_out


def walk(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Look at what is out, check and submit the draft, look at it as an approver."""
    _as_approver(portal, page, visit, notice=_as_editor(portal, page, visit))


def _as_editor(portal: RunningPortal, page: Page, visit: Visit) -> str:
    sign_in(portal, page, "muyunfei")
    visit("home-editor", page)
    page.goto(portal.desk + "/notices")
    visit("notices", page)
    _units(portal, page, visit)
    page.goto(portal.desk + "/notices/new")
    page.get_by_role("button", name="开始起草").click()
    visit("notice-new-error", page)
    _clarification(portal, page, visit)
    page.goto(portal.desk + "/notices")
    page.get_by_role("link", name="通报2起").click()
    visit("notice-released", page)
    page.get_by_role("link", name="更正").click()
    visit("notice-correct", page)
    page.goto(portal.desk + "/notices")
    page.get_by_role("link", name="通报1起").click()
    visit("notice-draft", page)
    notice = page.url
    for name, part in {"edit": "/edit", "parties": "/parties", "print": "/print"}.items():
        page.goto(notice + part)
        visit(f"notice-{name}", page)
    page.goto(notice + "/edit")
    page.locator("[name=region]").fill("柳溪镇")
    page.get_by_role("button", name="保存", exact=True).click()
    visit("notice-edit-error", page)
    _leave_unsaved(page)
    page.goto(notice + "/edit")
    visit("notice-unsaved", page)
    page.get_by_role("button", name="接着写").click()
    visit("notice-edit-resumed", page)
    page.goto(notice + "/edit")
    page.get_by_role("button", name="丢掉").click()
    page.goto(notice + "/check")
    visit("notice-check", page)
    page.get_by_role("button", name="提交审核").click()
    page.goto(notice + "/versions/1")
    visit("notice-version", page)
    sign_out(page)
    return notice


def _leave_unsaved(page: Page) -> None:
    """Let the page's script keep what was refused; without one its button does."""
    page.wait_for_load_state()
    aside = page.get_by_role("button", name="暂存")
    if aside.is_visible():
        aside.click()
    else:
        page.get_by_role("status").filter(has_text="已自动保存").wait_for()


def _clarification(portal: RunningPortal, page: Page, visit: Visit) -> None:
    page.goto(portal.desk + "/notices/new")
    page.locator("[name=kind]").select_option("N09")
    page.locator("[name=title]").fill("为顾某某同志澄清正名")
    page.get_by_role("button", name="开始起草").click()
    notice = page.url.rpartition("/")[0]
    page.goto(notice + "/consents")
    visit("notice-consents-nobody", page)
    page.goto(notice + "/parties")
    page.locator("[name=party_0_name]").fill("顾长河")
    page.get_by_role("button", name="保存").click()
    page.goto(notice + "/consents")
    page.get_by_role("button", name="登记", exact=True).click()
    visit("notice-consents-error", page)
    today = local_day(utcnow()).isoformat()
    for value in ("甲", "no"):
        page.locator(f"[type=radio][value={value}]").check()
    typed = {"on": today, "until": today, "paper": "青纪澄〔2026〕5号", "taken_by": "穆云霏" * 15}
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    page.get_by_role("button", name="登记", exact=True).click()
    visit("notice-consents", page)
    page.get_by_role("link", name="登记撤回").click()
    visit("notice-consent-back", page)
    page.locator("[name=words]").fill("本人来电话，不想再公开。" * 12)
    page.get_by_role("button", name="登记撤回").click()
    visit("notice-consents-back", page)
    page.goto(notice + "/check")
    visit("notice-clarification-check", page)


def _units(portal: RunningPortal, page: Page, visit: Visit) -> None:
    page.goto(portal.desk + "/units")
    visit("units", page)
    page.get_by_role("link", name="云河粮油储备站").click()
    visit("unit", page)
    unit = page.url
    for name, part in {"edit": "/edit", "remove": "/remove"}.items():
        page.goto(unit + part)
        visit(f"unit-{name}", page)
    page.goto(portal.desk + "/units/new")
    page.get_by_role("button", name="加进名单").click()
    visit("unit-new-error", page)
    page.goto(portal.desk + "/units/import")
    visit("units-import", page)
    page.locator("[name=rows]").fill(
        "柳溪镇东湾村,东湾村,U11,柳溪镇,,会计 1\n云河粮油储备站,,U13,,,"
    )
    page.get_by_role("button", name="先看看有什么变化").click()
    visit("units-preview", page)


def _as_approver(portal: RunningPortal, page: Page, visit: Visit, notice: str) -> None:
    sign_in(portal, page, "jiangwanzhao")
    visit("home-approver", page)
    for part in ("/review", "/publish"):
        page.goto(notice + part)
        visit(f"notice{part.replace('/', '-')}", page)
    page.goto(notice + "/review")
    page.get_by_role("button", name="同意这一版").click()
    visit("notice-review-refused", page)
    _deputies(portal, page, visit)
    page.goto(portal.desk + "/notices")
    page.get_by_role("link", name="通报2起").click()
    page.get_by_role("link", name="撤回").click()
    visit("notice-withdraw", page)
    page.goto(notice + "/withdraw")
    page.get_by_role("button", name="撤回").click()
    visit("notice-withdraw-error", page)
    sign_out(page)


def _deputies(portal: RunningPortal, page: Page, visit: Visit) -> None:
    page.goto(portal.desk + "/deputies")
    visit("deputies-none", page)
    page.goto(portal.desk + "/deputies/new")
    page.get_by_role("button", name="请这位同事代审核").click()
    visit("deputy-new-error", page)
    today = local_day(utcnow()).isoformat()
    page.get_by_role("radio").first.check()
    for name, typed in {"since": today, "until": today, "reason": "出差" * 90}.items():
        page.locator(f"[name={name}]").fill(typed)
    page.get_by_role("button", name="请这位同事代审核").click()
    visit("deputies", page)
