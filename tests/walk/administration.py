"""The desk's administrators and its auditor on the walk."""

from playwright.sync_api import Page

from tests.running import RunningPortal
from tests.walk.signing_in import Visit, sign_in, sign_out


def as_administrator(portal: RunningPortal, page: Page, visit: Visit) -> None:
    sign_in(portal, page, "anruoshui")
    for name, path in {
        "people": "/people",
        "people-new": "/people/new",
        "offices": "/offices",
        "office": "/offices/office-2",
        "office-new": "/offices/new",
        "office-name": "/offices/office-2/name",
        "office-add": "/offices/office-2/members/new",
        "office-close": "/offices/office-2/close",
    }.items():
        page.goto(portal.desk + path)
        visit(name, page)
    page.goto(portal.desk + "/people")
    page.get_by_role("link", name="石松").click()
    visit("person", page)
    page.get_by_role("link", name="改角色").click()
    page.locator("[name=roles][value='clerk,handler']").check()
    page.get_by_role("button", name="保存").click()
    visit("change-proposed", page)
    change = page.url
    page.goto(portal.desk + "/account/recovery-codes")
    visit("recovery-codes", page)
    for path in ("phone", "passkeys", "proof"):
        page.goto(f"{portal.desk}/account/{path}")
        visit(path, page)
    sign_out(page)
    _confirm(portal, page, visit, change)


def _confirm(portal: RunningPortal, page: Page, visit: Visit, change: str) -> None:
    sign_in(portal, page, "wenrushuang")
    visit("desk-home-change", page)
    page.goto(change)
    visit("change-confirm", page)
    page.get_by_role("button", name="不同意，撤掉").click()
    page.goto(change)
    visit("change-gone", page)
    sign_out(page)


def as_auditor(portal: RunningPortal, page: Page, visit: Visit) -> None:
    sign_in(portal, page, "jianxiaozhou")
    page.goto(portal.desk + "/audit")
    visit("audit", page)
    sign_out(page)
    visit("signed-out", page)


def as_system_administrator(portal: RunningPortal, page: Page, visit: Visit) -> None:
    sign_in(portal, page, "cenwangshu")
    for name, path in {
        "calendar": "/calendar",
        "calendar-none": "/calendar?year=2090",
        "calendar-day": "/calendar/days/2026-12-28",
        "calendar-import": "/calendar/import",
    }.items():
        page.goto(portal.desk + path)
        visit(name, page)
    page.locator("[name=rows]").fill("2027-01-01,放,甲")
    page.get_by_role("button", name="先看看哪些期限会变").click()
    visit("calendar-import-error", page)
    page.goto(portal.desk + "/calendar/days/2026-12-28")
    page.locator("[name=works][value=rest]").check()
    page.locator("[name=source]").fill("青岚发〔2026〕7号")
    page.get_by_role("button", name="先看看哪些期限会变").click()
    visit("calendar-preview", page)
    page.get_by_role("button", name="保存，并重新算期限").click()
    visit("calendar-saved", page)
    sign_out(page)
