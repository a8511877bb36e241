"""A walk past every page of the desk, as each of its roles."""

from playwright.sync_api import Page

from tests.running import RunningPortal
from tests.walk import administration, letter, newsroom
from tests.walk.signing_in import Visit, sign_in, sign_out


def desk(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Walk the desk as each of its roles."""
    page.goto(portal.desk)
    visit("sign-in", page)
    page.get_by_role("button", name="登录").click()
    visit("sign-in-error", page)
    _as_custodians(portal, page, visit, named=_as_clerk(portal, page, visit))
    _as_analyst(portal, page, visit)
    administration.as_administrator(portal, page, visit)
    administration.as_auditor(portal, page, visit)
    administration.as_system_administrator(portal, page, visit)
    newsroom.walk(portal, page, visit)


def _as_clerk(portal: RunningPortal, page: Page, visit: Visit) -> str:
    """Walk as a clerk; return the reference of a named report."""
    sign_in(portal, page, "fangxiaoxi")
    for name, path in {
        "desk-home": "/",
        "intake": "/intake",
        "cases": "/cases",
        "deadlines": "/deadlines",
        "cases-none": "/cases?state=under_review",
        "cases-error": "/cases?reference=12",
        "bodies": "/bodies",
        "handed-up": "/cases/handed-up",
        "letter": "/cases/new",
        "exchange": "/exchange",
        "keys": "/keys",
        "account": "/account",
        "leave": "/leave",
        "recusals": "/recusals",
        "recusal-met": "/recusals/met",
        "desk-missing-page": "/no-such-page",
    }.items():
        page.goto(portal.desk + path)
        visit(name, page)
    _handle(portal, page, visit)
    slip = letter.enter(portal, page, visit)
    page.goto(portal.desk + "/people")
    visit("forbidden", page)
    page.goto(portal.desk + "/cases?state=in_progress")
    page.locator("tr", has_text="实名").get_by_role("link").first.click()
    visit("desk-case-named", page)
    named = page.url.rpartition("/")[2]
    page.get_by_role("link", name="登记打过的电话").click()
    visit("call", page)
    sign_out(page)
    letter.claim(portal, page, visit, slip)
    return named


def _handle(portal: RunningPortal, page: Page, visit: Visit) -> None:
    page.goto(portal.desk + "/intake")
    page.get_by_role("button", name="领取最早的一件").click()
    visit("desk-case", page)
    page.get_by_role("link", name="延期").click()
    visit("extend", page)
    page.get_by_role("button", name="延期").click()
    visit("extend-error", page)
    page.get_by_role("link", name="登记号").click()
    page.get_by_role("link", name="受理", exact=True).click()
    visit("act", page)
    page.get_by_role("button", name="先看看反映人会看到什么").click()
    visit("act-error", page)
    page.locator("[name=text]").fill("您反映的关于征地的问题，我们已经受理。")
    page.get_by_role("button", name="先看看反映人会看到什么").click()
    visit("act-preview", page)
    page.get_by_role("button", name="保存：受理").click()
    visit("act-done", page)
    case = page.url.partition("?")[0]
    pages = {"hand-over": "/hand-over", "notes": "/notes", "registration": "/registration"}
    for name, path in {**pages, "link": "/acts/link", "hand-up": "/acts/hand-up"}.items():
        page.goto(case + path)
        visit(name, page)
    page.goto(case + "/acts/assign")
    visit("assign", page)
    page.get_by_label("派驻第一组").check()
    page.get_by_role("button", name="交办").click()
    visit("assigned", page)


def _as_custodians(portal: RunningPortal, page: Page, visit: Visit, named: str) -> None:
    sign_in(portal, page, "baixingzhou")
    page.goto(portal.desk + "/identities/new")
    page.get_by_role("button", name="请求打开").click()
    visit("identities-new-error", page)
    page.locator("[name=reference]").fill(named)
    page.locator("[name=reason]").fill("办结后要打电话反馈结果，反映人要求电话告知。")
    page.get_by_role("button", name="请求打开").click()
    visit("identity-request", page)
    address = page.url
    sign_out(page)
    sign_in(portal, page, "wenheqing")
    visit("custodian-home", page)
    page.goto(portal.desk + "/identities")
    visit("identities", page)
    page.goto(address)
    visit("identity-decide", page)
    page.get_by_role("button", name="同意，现在打开").click()
    visit("identity-open", page)
    sign_out(page)


def _as_analyst(portal: RunningPortal, page: Page, visit: Visit) -> None:
    sign_in(portal, page, "tangzhiwei")
    for name, path in {
        "statistics": "/statistics",
        "statistics-export": "/statistics/months/export",
    }.items():
        page.goto(portal.desk + path)
        visit(name, page)
    sign_out(page)
