"""What the question missed: a clerk hands a report up, and the desk has never had it."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import citizens
from tests.journeys.staff import act, claim
from tests.journeys.test_own_chief import STAFF, bring_back, read, restart, signed_in
from tests.running import RunningPortal, until

# What crossed is counted on /exchange; the audit page tells of this very reading.
PAGES = ("/", "/intake", "/cases", "/deadlines", "/keys", "/people", "/account")
CLERK = STAFF.index("fangxiaoxi")
STORY = "金丝雀：纪委的人把石桥村承包款的举报信压着不办。"
ANSWER = "金丝雀：信是前年春天交的，村口小卖部的人都知道。"
NOTE = "金丝雀：写的是本机关的人。"


@pytest.mark.journey
def test_a_report_about_ones_own_goes_to_the_superior_and_leaves_no_trace(
    start, chromium: Browser, citizen_page: Page
):
    portal: RunningPortal = start()
    with signed_in(portal, chromium) as staff:
        clerk = staff[CLERK]
        before = shown(portal, staff)
        code, reference = citizens.file(citizen_page, portal.public, STORY, unit="石桥村村委会")
        claim(clerk, portal.desk, reference)
        act(clerk, "受理", "您反映的关于承包款的问题，我们已经受理。")
        write_a_note(clerk, portal, reference)
        sealed = sealed_files(portal, reference)
        hand_up(clerk, portal, reference)
        citizens.wait_for_progress(citizen_page, portal.public, code, "已密封转上级")
        assert shown(portal, staff) == before
    expect(citizen_page.locator("main")).not_to_contain_text("工作日")
    add(citizen_page)
    restart(portal)
    nothing_is_left(portal, reference, sealed)
    report, addition = fetched(portal)
    assert report["reference"] == addition["reference"] == reference
    assert report["report"]["story"] == STORY
    assert [one["text"] for one in report["handed_up"]["notes"]] == [NOTE]
    assert addition["text"] == ANSWER
    bring_back(portal, f"回执：{report['receipt']}\n{addition['receipt']}")
    assert list(portal.instance.glob("superior*/*.age")) == []


def shown(portal: RunningPortal, staff: list[Page]) -> dict[str, str]:
    """What the pages of the desk say to each of them."""
    words = {}
    for name, page in zip(STAFF, staff, strict=True):
        for path in PAGES:
            page.goto(portal.desk + path)
            words[f"{name} {path}"] = page.locator("body").inner_text()
    return words


def write_a_note(page: Page, portal: RunningPortal, reference: str) -> None:
    page.goto(f"{portal.desk}/cases/{reference}/notes")
    page.locator("[name=text]").fill(NOTE)
    page.locator("main").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text(NOTE)


def sealed_files(portal: RunningPortal, reference: str) -> dict[str, bytes]:
    """The case's sealed files, by their names."""
    query = f"SELECT id, content_file, identity_file FROM cases WHERE reference = '{reference}'"  # noqa: S608 — eight digits
    ((case, *files),) = read(portal, query)
    grants = read(portal, f"SELECT file FROM case_grants WHERE case_id = '{case}'")  # noqa: S608 — our own id
    names = [str(name) for name in (*files, *(name for (name,) in grants))]
    return {name: (portal.instance / "desk" / "items" / name).read_bytes() for name in names}


def hand_up(page: Page, portal: RunningPortal, reference: str) -> None:
    page.goto(f"{portal.desk}/cases/{reference}")
    page.get_by_role("link", name="反映的是本机关的人：移送上级").click()
    expect(page.locator("main")).to_contain_text("收不回来")
    page.get_by_label("我看清楚了").check()
    page.get_by_role("button", name="移送上级，这里全部删除").dblclick()
    expect(page.locator("h1")).to_have_text("已移送上级")
    page.go_back()
    page.goto(f"{portal.desk}/cases/{reference}")
    expect(page.locator("main")).not_to_contain_text("石桥村")


def add(page: Page) -> None:
    page.get_by_role("link", name="补充材料").click()
    expect(page.locator("main")).to_contain_text("云河市纪委监委")
    page.locator("[name=text]").fill(ANSWER)
    page.get_by_role("button", name="发出去").click()
    expect(page.locator("main")).to_contain_text("已经密封，转给上级")


def nothing_is_left(portal: RunningPortal, reference: str, sealed: dict[str, bytes]) -> None:
    """In the desk's bytes only the audit names the reference, and no sealed byte is there."""

    def gone() -> bool:
        kept = everything(portal)
        return not any(name.encode() in kept or whole in kept for name, whole in sealed.items())

    until(gone, seconds=90)
    kept = everything(portal)
    assert not any(words.encode() in kept for words in (NOTE, STORY, ANSWER))
    tables = read(portal, "SELECT name FROM sqlite_master WHERE type = 'table'")
    for (table,) in tables:
        rows = repr(read(portal, f'SELECT * FROM "{table}"'))  # noqa: S608 — our own tables
        assert (reference in rows) == (table == "audit_entries"), table


def everything(portal: RunningPortal) -> bytes:
    """All bytes of the desk, its database and its log among them."""
    files = (portal.instance / "desk").rglob("*")
    return b"\n".join(path.read_bytes() for path in files if path.is_file())


def fetched(portal: RunningPortal) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the superior reads: the desk's first file, and the public site's."""
    report, addition = (opened(portal, folder) for folder in ("superior-desk", "superior"))
    return report, addition


def opened(portal: RunningPortal, folder: str) -> dict[str, Any]:
    until(lambda: any((portal.instance / folder).glob("*.age")), seconds=90)
    (path,) = (portal.instance / folder).glob("*.age")
    assert re.fullmatch(r"[0-9a-f]{8}-000001\.age", path.name)
    key = portal.instance / "demo" / "superior.txt"
    content: dict[str, Any] = json.loads(portal.command("open", str(path), "--identity", str(key)))
    return content
