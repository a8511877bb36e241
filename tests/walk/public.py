"""A walk past every page of the public site, in every state that a visitor meets."""

import re

from playwright.sync_api import Page

from tests.running import RunningPortal
from tests.walk.notices import notices
from tests.walk.signing_in import Visit

OPEN_PAGES = {
    "home": "/",
    "help": "/help",
    "safety": "/help/safety",
    "after": "/help/after",
    "privacy": "/privacy",
    "accessibility": "/accessibility",
    "display": "/display",
    "missing-page": "/no-such-page",
    "notices": "/notices",
    "notices-none": "/notices?q=找不到的词",
    "notices-error": "/notices?kind=none",
    "clarifications": "/clarifications",
    "not-ours": "/report/not-ours/wages",
    "helper": "/report/helper",
    "exit": "/exit",
}
STORY = "石桥村会计把集体的钱借给自己亲戚，𠮷账目两年没有公开。我是村民小组长，电话13900000000。"
UNBROKEN = "青岚县" * 60


def public(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Walk the public site: open pages, the wizard with its errors, tracking with an answer."""
    for name, path in OPEN_PAGES.items():
        page.goto(portal.public + path)
        visit(name, page)
    notices(portal, page, visit)
    _own_chief(portal, page, visit)
    code = _report(portal, page, visit)
    _track(portal, page, visit, code)


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


def _go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()
