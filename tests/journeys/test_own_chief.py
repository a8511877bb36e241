"""A report about the commission's own chief: the superior gets it, the desk never hears of it."""

import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import walk
from tests.journeys.citizens import go_on, look_up, press
from tests.running import RunningPortal, until

STORY = "县纪委的卢望舒收了石桥村承包户的烟酒，把举报压着不办，村里好几个人都看见了。"
QUIET_SECONDS = 4
STAFF = ("fangxiaoxi", "anruoshui", "jianxiaozhou")
# The audit page is left out, because it tells of this very reading; its rows are compared.
PAGES = ("/", "/intake", "/cases", "/exchange", "/keys", "/people", "/account")


@pytest.mark.journey
def test_only_the_superior_learns_of_it(start, chromium: Browser, citizen_page: Page):
    portal: RunningPortal = start()
    until(lambda: not waiting(portal), seconds=60)
    with signed_in(portal, chromium) as staff:
        pages = shown(portal, staff)
        rows, files, check = desk_rows(portal), desk_files(portal), portal_check(portal)
        code = file_for_the_superior(citizen_page, portal.public)
        time.sleep(QUIET_SECONDS)
        assert desk_rows(portal) == rows
        assert desk_files(portal) == files
        assert portal_check(portal) == check
        assert shown(portal, staff) == pages
    data = fetched(portal)
    inside = opened_by_the_superior(portal, data)
    assert inside["report"]["story"] == STORY
    assert STORY.encode() not in data
    assert look_up(citizen_page, portal.public, code) == "办理进度：已密封转上级"
    expect(citizen_page.locator("main")).not_to_contain_text("工作日")
    bring_back(portal, f"贵委来件已收到，回执：{inside['receipt']}。")
    assert look_up(citizen_page, portal.public, code) == "办理进度：已密封转上级"


@contextmanager
def signed_in(portal: RunningPortal, chromium: Browser) -> Iterator[list[Page]]:
    """A browser for each of three roles of the demo, signed in until the end."""
    contexts = [chromium.new_context(java_script_enabled=False) for _name in STAFF]
    pages = [context.new_page() for context in contexts]
    for name, page in zip(STAFF, pages, strict=True):
        walk.sign_in(portal, page, name)
    yield pages
    for context in contexts:
        context.close()


def shown(portal: RunningPortal, staff: list[Page]) -> dict[str, str]:
    """What every page and every case of the desk shows to each of them."""
    words = {}
    for name, page in zip(STAFF, staff, strict=True):
        for path in (*PAGES, *cases(portal)):
            page.goto(portal.desk + path)
            words[f"{name} {path}"] = page.locator("body").inner_text()
    return words


def cases(portal: RunningPortal) -> list[str]:
    return [f"/cases/{row[0]}" for row in read(portal, "SELECT reference FROM cases")]


def read(portal: RunningPortal, query: str, side: str = "desk") -> list[tuple[object, ...]]:
    database = f"file:{portal.instance / side / 'portal.db'}?mode=ro"
    with closing(sqlite3.connect(database, uri=True)) as connection:
        return connection.execute(query).fetchall()


def waiting(portal: RunningPortal) -> list[tuple[object, ...]]:
    """What the demo's own story left to cross, in either direction."""
    query = "SELECT id FROM exchange_outgoing"
    return [row for side in ("public", "desk") for row in read(portal, query, side)]


def desk_rows(portal: RunningPortal) -> dict[str, list[str]]:
    """Every row of every table of the desk."""
    tables = read(portal, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        str(name): sorted(map(repr, read(portal, f'SELECT * FROM "{name}"')))  # noqa: S608 — our own tables
        for (name,) in tables
    }


def desk_files(portal: RunningPortal) -> set[str]:
    """Every file of the desk and of the letterbox."""
    folders = (portal.instance / "desk", portal.instance / "spool")
    return {
        str(path.relative_to(portal.instance))
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def portal_check(portal: RunningPortal) -> str:
    """What `portal check` says about a demo, which is red."""
    run = subprocess.run(
        [sys.executable, "-m", "portal", "check"],
        env=portal.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout


def file_for_the_superior(page: Page, public: str) -> str:
    """Write, be asked, choose the superior, file; return the code."""
    page.goto(f"{public}/report/matter")
    page.locator("[name=category][value=protect]").check()
    go_on(page)
    page.locator("[name=name]").fill("卢 望舒")
    go_on(page)
    page.locator("[name=story]").fill(STORY)
    go_on(page)
    page.locator("[name=mode][value=anonymous]").check()
    go_on(page)
    expect(page.locator("h1")).to_have_text("这件事不该由我们自己来查")
    expect(page.locator("main")).to_contain_text("云河市纪委监委")
    page.get_by_role("button", name="在这里密封转上级").click()
    return press(page)


def fetched(portal: RunningPortal) -> bytes:
    """The one file in the superior's folder; a start hands over what waits."""
    restart(portal)
    (path,) = numbered(portal)
    assert re.fullmatch(r"[0-9a-f]{8}-000001\.age", path.name)
    assert path.stat().st_mtime % 86_400 == 0
    return path.read_bytes()


def opened_by_the_superior(portal: RunningPortal, data: bytes) -> dict[str, Any]:
    """What the superior reads, far from here, with its own key."""
    away = portal.instance.parent / "usb.age"
    away.write_bytes(data)
    key = portal.instance / "demo" / "superior.txt"
    content: dict[str, Any] = json.loads(portal.command("open", str(away), "--identity", str(key)))
    return content


def bring_back(portal: RunningPortal, letter: str) -> None:
    """Take in the superior's letter while the portal runs; its file is gone afterwards."""
    path = portal.instance.parent / "letter.txt"
    path.write_text(letter, encoding="utf-8")
    portal.command("superior", "receipts", str(path))
    restart(portal)
    assert list(numbered(portal)) == []
    assert list((portal.instance / "public" / "superior").iterdir()) == []


def restart(portal: RunningPortal) -> None:
    assert portal.stop() == 0
    portal.start()


def numbered(portal: RunningPortal) -> Iterator[Path]:
    return (portal.instance / "superior").glob("*.age")
