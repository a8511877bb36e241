"""A walk past every page of both sites, in every state that a visitor meets."""

import re
from collections.abc import Callable

from playwright.sync_api import Page

from portal.reference.days import local_day, utcnow
from tests import walk_notices
from tests.running import RunningPortal
from tests.signing_in import sign_in, sign_out

Visit = Callable[[str, Page], None]

OPEN_PAGES = {
    "home": "/",
    "help": "/help",
    "safety": "/help/safety",
    "after": "/help/after",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "display": "/display",
    "missing-page": "/no-such-page",
    "not-ours": "/report/not-ours/wages",
    "helper": "/report/helper",
    "exit": "/exit",
}
STORY = "石桥村会计把集体的钱借给自己亲戚，𠮷账目两年没有公开。我是村民小组长，电话13900000000。"
UNBROKEN = "青岚县" * 60
RELAY_PASSES = 20


def public(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Walk the public site: open pages, the wizard with its errors, tracking with an answer."""
    for name, path in OPEN_PAGES.items():
        page.goto(portal.public + path)
        visit(name, page)
    _own_chief(portal, page, visit)
    code = _report(portal, page, visit)
    _track(portal, page, visit, code)


def desk(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Walk the desk as each of its roles."""
    page.goto(portal.desk)
    visit("sign-in", page)
    page.get_by_role("button", name="登录").click()
    visit("sign-in-error", page)
    _as_custodians(portal, page, visit, named=_as_clerk(portal, page, visit))
    _as_analyst(portal, page, visit)
    _as_administrator(portal, page, visit)
    _as_auditor(portal, page, visit)
    _as_system_administrator(portal, page, visit)
    walk_notices.walk(portal, page, visit)


def _own_chief(portal: RunningPortal, page: Page, visit: Visit) -> None:
    page.goto(portal.public + "/report/matter")
    page.locator("[name=category][value=village]").check()
    _go_on(page)
    page.locator("[name=name]").fill("卢望舒")
    _go_on(page)
    page.locator("[name=story]").fill(STORY)
    _go_on(page)
    page.locator("[name=mode][value=anonymous]").check()
    _go_on(page)
    visit("own", page)
    page.get_by_role("button", name="我去找上级反映").click()
    visit("own-leave", page)
    page.goto(portal.public + "/report/own")
    page.get_by_role("button", name="在这里密封转上级").click()
    visit("check-superior", page)
    _press(page)
    visit("sent-superior", page)
    page.goto(portal.public + "/track")
    page.get_by_role("button", name="离开并清除").click()
    page.goto(portal.public + "/report/own/leave")
    visit("own-left", page)


def _report(portal: RunningPortal, page: Page, visit: Visit) -> str:
    page.goto(portal.public + "/report")
    visit("report", page)
    page.get_by_role("button", name="自己填").click()
    visit("matter", page)
    _go_on(page)
    visit("matter-error", page)
    page.locator("[name=category][value=village]").check()
    _go_on(page)
    visit("subject", page)
    page.locator("[name=unit]").fill(UNBROKEN)
    _go_on(page)
    visit("story", page)
    page.locator("[name=story]").fill("太短")
    _go_on(page)
    visit("story-error", page)
    page.goto(portal.public + "/report/check")
    visit("check-missing", page)
    page.goto(portal.public + "/report/story")
    page.locator("[name=story]").fill(STORY * 20)
    _go_on(page)
    visit("identity", page)
    page.locator("[name=mode][value=named]").check()
    _go_on(page)
    visit("identity-error", page)
    page.locator("[name=full_name]").fill("欧阳青禾")
    page.locator("[name=phone]").fill("0990-1238800转12")
    page.locator("[name=call_me][value=yes]").check()
    _go_on(page)
    visit("check-named", page)
    page.goto(portal.public + "/report/identity?back=check")
    page.locator("[name=mode][value=anonymous]").check()
    _go_on(page)
    visit("check", page)
    for name, link in {"card": "打印小卡片", "card-plain": "改成只印数字的"}.items():
        page.get_by_role("link", name=link).click()
        visit(name, page)
    page.goto(portal.public + "/report/check")
    return _file(page, visit)


def _press(page: Page) -> list[str]:
    shown = page.locator(".code__group").all_inner_texts()
    groups = [re.sub(r"\D", "", group)[-4:] for group in shown][:6]
    page.locator("[name=last_group]").fill(groups[5])
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="提交", exact=True).click()
    return groups


def _file(page: Page, visit: Visit) -> str:
    page.get_by_role("button", name="提交", exact=True).click()
    visit("check-error", page)
    groups = _press(page)
    visit("sent", page)
    page.goto(page.url.replace("/report/sent", "/report/story"))
    visit("filed-already", page)
    return " ".join(groups)


def _track(portal: RunningPortal, page: Page, visit: Visit, code: str) -> None:
    page.goto(portal.public + "/track")
    visit("track", page)
    for name, typed in (("track-error", "8317 2054"), ("track-unknown", "8317205499610378546")):
        page.goto(portal.public + "/track")
        page.locator("[name=code]").fill(typed + ("0" if name == "track-unknown" else ""))
        page.get_by_role("button", name="查询").click()
        visit(name, page)
    page.goto(portal.public + "/track")
    page.locator("[name=code]").fill("*" + code[1:])
    page.get_by_role("button", name="查询").click()
    visit("case", page)
    _say_more(page, visit)


def _say_more(page: Page, visit: Visit) -> None:
    """Add, then ask to withdraw: every page of it, with its errors."""
    page.get_by_role("link", name="补充材料").click()
    visit("add", page)
    page.get_by_role("button", name="发出去").click()
    visit("add-error", page)
    page.locator("[name=text]").fill(STORY)
    page.get_by_role("button", name="发出去").click()
    visit("added", page)
    page.get_by_role("link", name="申请撤回").click()
    visit("withdraw", page)
    page.get_by_role("button", name="下一步").click()
    visit("withdraw-error", page)
    page.locator("[name=pressed][value=yes]").check()
    page.get_by_role("button", name="下一步").click()
    visit("withdraw-confirm", page)
    page.get_by_role("button", name="确认，申请撤回").click()
    visit("withdrawn", page)


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
    slip = _enter_letter(portal, page, visit)
    page.goto(portal.desk + "/people")
    visit("forbidden", page)
    page.goto(portal.desk + "/cases?state=in_progress")
    page.locator("tr", has_text="实名").get_by_role("link").first.click()
    visit("desk-case-named", page)
    named = page.url.rpartition("/")[2]
    page.get_by_role("link", name="登记打过的电话").click()
    visit("call", page)
    sign_out(page)
    _claim(portal, page, visit, slip)
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
    for name, path in {"hand-over": "/hand-over", "notes": "/notes"}.items():
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


def _enter_letter(portal: RunningPortal, page: Page, visit: Visit) -> str:
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


def _claim(portal: RunningPortal, page: Page, visit: Visit, slip: str) -> None:
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


def _as_administrator(portal: RunningPortal, page: Page, visit: Visit) -> None:
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


def _as_auditor(portal: RunningPortal, page: Page, visit: Visit) -> None:
    sign_in(portal, page, "jianxiaozhou")
    page.goto(portal.desk + "/audit")
    visit("audit", page)
    sign_out(page)
    visit("signed-out", page)


def _as_system_administrator(portal: RunningPortal, page: Page, visit: Visit) -> None:
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


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()
