"""A report's whole life on both sites, without a browser and a network, as people read it."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import delete, select

from portal.desk.app import create_app as create_desk
from portal.desk.house import DeskHouse
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox, from_draft
from portal.exchange.tables import Outgoing
from portal.public.app import create_app as create_public
from portal.public.domain.progress import ProgressKeeper
from portal.public.house import PublicHouse
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.tracking_code import Pepper
from portal.store import SealedStore
from tests.conftest import Databases
from tests.desk.arrivals import deliver
from tests.desk.casework import Office, at_work, open_office
from tests.desk.conftest import CHEAP
from tests.page_parts import Page, words
from tests.pages import Browser
from tests.public.stories import EPOCH, file_report, look
from tests.settings import county

PEPPERS = (Pepper("pepper-1", b"p" * 32, memory_kib=64),)


@dataclass
class County:
    """The public site, the desk, and what carries messages between them."""

    public: PublicHouse
    office: Office

    def carry(self) -> None:
        """Let everything that waits on either side take effect on the other."""
        now = datetime.now(UTC)
        for message in taken(self.public):
            deliver(self.office.house, message, now)
        for message in taken(self.office.house):
            with self.public.database.writing() as session:
                ProgressKeeper(self.public.items).receive(session, message, now)

    def citizen(self) -> Browser:
        return Browser(create_public(self.public))

    def staff(self, colleague, page: str) -> Browser:
        return at_work(create_desk(self.office.house), colleague, page)


def taken(house: PublicHouse | DeskHouse) -> list[Message]:
    """Take the messages out of a side's outbox, in the order in which they were written."""
    store = house.outbox._store
    with house.database.writing() as session:
        rows = session.scalars(select(Outgoing).order_by(Outgoing.case, Outgoing.position)).all()
        messages = [from_draft(store.get(row.file), EPOCH, 1) for row in rows]
        session.execute(delete(Outgoing))
    return messages


@pytest.fixture
def made_county(databases: Databases, tmp_path: Path) -> County:
    root = Ed25519PrivateKey.generate()

    def manifest(side: str) -> ManifestFile:
        root_public = root.public_key().public_bytes_raw()
        return ManifestFile(tmp_path / "manifest.json", root_public, tmp_path / f"highest-{side}")

    items = SealedStore(tmp_path / "desk" / "items")
    desk = DeskHouse(
        settings=county(tmp_path),
        database=databases.desk,
        cookie_key=os.urandom(32),
        host_secret=os.urandom(32),
        manifest=manifest("desk"),
        items=items,
        superior=SealedStore(tmp_path / "desk" / "superior"),
        outbox=Outbox("desk", items),
        ceremony=tmp_path / "ceremony",
        signing=Ed25519PrivateKey.generate(),
        peppers=PEPPERS,
        password_cost=CHEAP,
    )
    folder = tmp_path / "public"
    public = PublicHouse(
        side="public",
        settings=county(tmp_path),
        database=databases.public,
        cookie_key=bytes(range(32)),
        manifest=manifest("public"),
        peppers=PEPPERS,
        drafts=SealedStore(folder / "drafts"),
        items=SealedStore(folder / "items"),
        outbox=Outbox("public", SealedStore(folder / "outgoing")),
        superior=SealedStore(folder / "superior"),
    )
    return County(public, open_office(desk, tmp_path, root))


@dataclass
class Life:
    """One report, and the people who meet over it."""

    county: County
    citizen: Browser
    code: str
    reference: str

    def act(self, clerk: Browser, label: str, text: str, *, link: str = "") -> Page:
        """Let staff do an act from the case's page, through the preview, and tell the citizen."""
        clerk.open(f"/cases/{self.reference}")
        clerk.click(link or label)
        page = clerk.fill(text=text)
        if text:
            assert text in words(page.find("div", class_="desk-preview"))
        page = clerk.press(f"保存：{label}")
        self.county.carry()
        return page

    def look(self, h1: str) -> Page:
        page = look(self.citizen, self.code)
        assert page.h1 == f"办理进度：{h1}"
        return page

    def say(self, link: str, text: str) -> Page:
        """Let the citizen write from the case's page."""
        self.citizen.click(link)
        page = self.citizen.fill(text=text)
        self.county.carry()
        return page

    def read(self, clerk: Browser) -> Page:
        clerk.open(f"/cases/{self.reference}")
        return clerk.press("打开新写的")


@pytest.fixture
def life(made_county: County) -> Life:
    citizen = made_county.citizen()
    code = file_report(citizen)
    citizen.press("清除这部手机上的记录")
    made_county.carry()
    clerk = made_county.staff(made_county.office.clerk, "/intake")
    page = clerk.press("领取最早的一件")
    return Life(made_county, citizen, code, page.h1.removeprefix("登记号 "))


def test_a_report_is_asked_about_added_to_closed_reviewed_and_closed_again(life: Life) -> None:
    office = life.county.office
    clerk = life.county.staff(office.clerk, "/")
    life.act(clerk, "受理", "您反映的低保问题，我们已经受理。")
    life.act(clerk, "请补充", "一、是哪三户？")
    assert "一、是哪三户？" in life.look("请您补充").main
    life.say("回答", "村东头三户。")
    life.look("已受理")
    assert "您补充的已经收到" in life.say("补充材料", "会计的弟弟叫人来问过我。").main
    home = clerk.open("/")
    assert {"回答、补充", "补充、回答"} & {
        words(one) for one in home.find_all("td", data_head="新写的")
    }
    page = life.read(clerk)
    assert "反映人的回答" in page.main
    assert "反映人的补充" in page.main
    assert "会计的弟弟叫人来问过我。" in page.main
    life.act(clerk, "办结", "您反映的低保，核对后已经退回三户。")
    assert "已经退回三户" in life.look("已办理完毕").main
    page = life.say("申请复查", "只退了两户。")
    assert "您的复查申请已经收到" in page.main
    assert "申请复查" not in page.links
    assert "您办过这件，不能由您复查。" in life.read(clerk).main
    other = life.county.staff(office.colleague, "/")
    life.act(other, "开始复查", "", link="开始复查，由我办")
    assert "没有办过这件事的工作人员再看一遍" in life.look("复查中").main
    life.act(other, "复查办结", "您说的第三户，核对后也退回了。")
    page = life.look("已办理完毕")
    assert "第三户，核对后也退回了" in page.main
    assert "申请复查" in page.links
    sent = [words(one).partition("：")[2] for one in page.find_all("li")]
    for kind in ("反映问题", "回答询问", "补充材料", "申请复查"):
        assert sent.count(kind) == 1


def test_a_withdrawal_that_somebody_pressed_for_is_seen_and_ends_nothing(life: Life) -> None:
    clerk = life.county.staff(life.county.office.clerk, "/")
    life.act(clerk, "受理", "您反映的低保问题，我们已经受理。")
    life.look("已受理")
    life.citizen.click("申请撤回")
    life.citizen.fill(text="不想再提了。", pressed="yes")
    assert "已申请撤回" in life.citizen.press("确认，申请撤回").main
    life.county.carry()
    assert "已申请撤回" in life.look("已受理").main
    page = life.read(clerk)
    assert "反映人说：有人要求撤回" in page.main
    assert "不想再提了。" in page.main
    life.act(clerk, "回应撤回申请", "您反映的问题会继续办理。", link="回应这个申请")
    page = life.look("已受理")
    assert "您反映的问题会继续办理。" in page.main
    assert "已申请撤回" not in page.main
    life.act(clerk, "办结", "您反映的低保已经按规定办理完毕。")
    life.look("已办理完毕")
