"""`make docs-pictures`: the pictures of docs/notices.md, taken from a notice's whole story.

Everybody and everything on them is invented, on a demo county of their own.
"""

import argparse
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    sync_playwright,
)
from sqlalchemy import select

from portal.commands import side
from portal.config import CHECKOUT, load
from portal.desk.models.notices import Notice, NoticeAlarm
from portal.desk.models.people import Person, PersonRole
from portal.reference.days import local_day, utcnow
from tests.journeys.staff import Staff
from tests.journeys.test_notices import shown
from tests.palette import shrink
from tests.running import RunningPortal, until

FOLDER = CHECKOUT / "docs" / "notices"
DESK: ViewportSize = {"width": 1000, "height": 640}
PHONE: ViewportSize = {"width": 375, "height": 667}
TITLE = "青岚县纪委监委通报1起侵占集体资金问题"
CASE = {
    "unit": "某镇某村",
    "post": "党支部原书记",
    "people": "甲",
    "what": "侵占集体资金问题",
    "since": "2022年",
    "until": "2024年",
    "amount": "3万余元",
    "recovered": "3万余元",
}
CLOSING = (
    "经查，祁山河把钱收在自己名下，留的手机是139-1234-5678，身份证号11010519491231002X，"
    "账由会计赵海棠记。"
)
FURTHER = (
    "经查，〔甲〕把钱收在自己名下，账由会计〔乙〕记。\n有同类问题的，请打值班手机13800138000。"
)
EDITOR, COLLEAGUE, APPROVER = "muyunfei", "shenlinxi", "jiangwanzhao"


class Desks(Staff):
    """The demo's people, each with JavaScript and a screen that fits beside a text."""

    def browser(self) -> BrowserContext:
        return self._chromium.new_context(viewport=DESK)


@dataclass
class Album:
    """A folder of pictures, each of what stands at one place of a page."""

    folder: Path
    blank: Page

    def take(self, name: str, page: Page, at: Locator | None = None) -> None:
        """Photograph a page, from an element on when one is given."""
        if at is not None:
            at.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)")
        page.wait_for_load_state()
        shrink(page.screenshot(caret="hide"), self.blank, self.folder / f"{name}.png")


def main(folder: Path = FOLDER) -> None:
    """Write every picture anew."""
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as county, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        portal = RunningPortal(Path(county) / "instance")
        portal.command("demo", "make")
        try:
            take_all(portal.start(), chromium, folder)
        finally:
            portal.stop()
            chromium.close()


def take_all(portal: RunningPortal, chromium: Browser, folder: Path) -> None:
    """Lead a notice from its first word to its tombstone, with a picture of every step."""
    staff = Desks(portal, chromium)
    album = Album(folder, chromium.new_page())
    phone = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    try:
        _let_approve(portal, COLLEAGUE)
        notice = draft(staff, album)
        check(staff, album, notice)
        review(staff, album, notice)
        number = publish(staff, album, notice)
        read(album, phone, portal, number)
        withdraw(staff, album, phone, notice, number)
    finally:
        phone.context.close()
        staff.close()
        album.blank.close()


def draft(staff: Desks, album: Album) -> str:
    """Begin, register people, write, come back after a break; return the notice's address."""
    page = staff.page(EDITOR)
    page.goto(f"{staff.portal.desk}/notices/new")
    page.locator("[name=title]").fill(TITLE)
    _press(page, "开始起草")
    notice = page.url.removesuffix("/edit")
    page.goto(f"{notice}/parties")
    people = {"祁山河": ("subject", "祁三河"), "赵海棠": ("witness", "小赵")}
    for n, (name, (role, other)) in enumerate(people.items()):
        page.locator(f"[name=party_{n}_role]").select_option(role)
        page.locator(f"[name=party_{n}_name]").fill(name)
        page.locator(f"[name=party_{n}_other_names]").fill(other)
    _press(page, "保存")
    album.take("parties", page, page.locator("h1"))
    page.goto(f"{notice}/edit")
    for name, value in CASE.items():
        page.locator(f"[name=case_0_{name}]").fill(value)
    page.locator("[name=case_0_party_sanction]").select_option("P3")
    _press(page, "照各项重写这一段")
    page.locator("[name=summary]").fill("集体资金收在自己名下，已经追缴。")
    page.locator("[name=recovered]").fill("3万余元")
    page.locator("[name=closing]").fill(CLOSING)
    page.get_by_role("status").filter(has_text="已自动保存").wait_for()
    album.take("edit", page, page.locator("#case-1"))
    page.goto(f"{notice}/edit")
    album.take("unsaved", page)
    _press(page, "接着写")
    _press(page, "保存")
    return notice


def check(staff: Desks, album: Album, notice: str) -> None:
    """See what is found, let it be changed, submit; a colleague writes on and may not judge."""
    page = staff.page(EDITOR)
    page.goto(f"{notice}/check")
    album.take("check", page, page.locator("table").first)
    _press(page, "全部照上面改")
    colleague = staff.page(COLLEAGUE)
    colleague.goto(f"{notice}/edit")
    colleague.locator("[name=closing]").fill(FURTHER)
    _press(colleague, "保存")
    colleague.goto(f"{notice}/check")
    _press(colleague, "提交审核")
    colleague.goto(f"{notice}/review")
    album.take("refused", colleague)


def review(staff: Desks, album: Album, notice: str) -> None:
    """One finding is left, which is none: the approver says so and approves."""
    page = staff.page(APPROVER)
    page.goto(f"{notice}/review")
    page.get_by_role("checkbox").check()
    page.locator("[name=reason]").fill("这是对外公布的值班手机，不是个人的")
    album.take("review", page, page.get_by_role("heading", name="疑点"))
    _press(page, "勾选的照这样写")
    _press(page, "同意这一版")


def publish(staff: Desks, album: Album, notice: str) -> str:
    """Fill in a day, then let it go at once; return the number under which it is shown."""
    page = staff.page(APPROVER)
    page.goto(f"{notice}/publish")
    page.locator("[name=day]").fill(f"{local_day(utcnow()) + timedelta(days=3)}")
    page.locator("[name=minute]").fill("09:00")
    album.take("publish", page)
    page.locator("[name=day]").fill("")
    page.locator("[name=minute]").fill("")
    staff.prove(page, APPROVER)
    _press(page, "放行")
    number = shown(page, notice)
    album.take("shown", page)
    _raise_alarm(staff.portal, number)
    page.goto(f"{staff.portal.desk}/notices")
    album.take("alarm", page)
    editor = staff.page(EDITOR)
    editor.goto(f"{notice}/correct")
    editor.locator("[name=why]").fill("金额写少了，应当是4万余元")
    album.take("correct", editor)
    return number


def read(album: Album, phone: Page, portal: RunningPortal, number: str) -> None:
    """Look at the list and at the notice on a phone."""
    phone.goto(f"{portal.public}/notices")
    album.take("public-list", phone, phone.locator(".bulletins"))
    phone.goto(f"{portal.public}/notices/{number}")
    album.take("public-notice", phone, phone.locator("h1"))


def withdraw(staff: Desks, album: Album, phone: Page, notice: str, number: str) -> None:
    """Take it back; its address says so for ever."""
    page = staff.page(APPROVER)
    page.goto(f"{notice}/withdraw")
    page.locator("[name=reason]").fill("事实有出入，正在重新核实。")
    album.take("withdraw", page)
    staff.prove(page, APPROVER)
    _press(page, "撤回")
    address = f"{staff.portal.public}/notices/{number}"
    until(lambda: phone.request.get(address).status == 410, seconds=60)
    phone.goto(address)
    album.take("withdrawn", phone)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def _let_approve(portal: RunningPortal, name: str) -> None:
    """Give somebody a second role, as two security administrators would."""
    with side.open_database(load(portal.instance), "desk").writing() as session:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        session.add(PersonRole(person_id=person.id, role="approver"))


def _raise_alarm(portal: RunningPortal, number: str) -> None:
    """Say that a notice is missing, as the list of a public site would that was meddled with."""
    with side.open_database(load(portal.instance), "desk").writing() as session:
        notice = session.scalars(select(Notice).where(Notice.number == number)).one()
        session.add(NoticeAlarm(notice_id=notice.id, what="missing", on=local_day(utcnow())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    main(parser.parse_args().folder)
