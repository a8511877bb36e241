"""What a clerk looks at before saving is what the citizen then reads, word for word."""

from pathlib import Path

import pytest
from flask import Flask

from portal.exchange.outbox import Outbox
from portal.public.app import create_app as create_site
from portal.public.domain.progress import ProgressKeeper
from portal.public.house import PublicHouse
from portal.public.models.cases import Case as PublicCase
from portal.sealing.tracking_code import Pepper, TrackingCode, derive, draw
from portal.store import SealedStore
from tests.conftest import Databases
from tests.desk.arrivals import FILED_ON, LATER, Reporter, deliver, told
from tests.desk.casework import PATHS, WORDS, Office, at_work
from tests.page_parts import Page, words
from tests.pages import Browser
from tests.settings import county

PEPPER = Pepper("pepper-1", b"p" * 32, memory_kib=64)


@pytest.fixture
def public_house(databases: Databases, office: Office, tmp_path: Path) -> PublicHouse:
    """The public side of the same county."""
    folder = tmp_path / "public"
    return PublicHouse(
        side="public",
        settings=county(tmp_path),
        database=databases.public,
        cookie_key=bytes(range(32)),
        manifest=office.house.manifest,
        peppers=(PEPPER,),
        drafts=SealedStore(folder / "drafts"),
        items=SealedStore(folder / "items"),
        superior=SealedStore(folder / "superior"),
        outbox=Outbox("public", SealedStore(folder / "outgoing")),
    )


@pytest.fixture
def code() -> TrackingCode:
    return draw()


@pytest.fixture
def reporter(office: Office, code: TrackingCode) -> Reporter:
    """A citizen whose report arrived at the desk."""
    reporter = Reporter(derive(code, PEPPER), "ab" * 16, "83172054")
    deliver(office.house, reporter.report(office.recipient))
    return office.open(reporter)


def citizens_page(
    house: PublicHouse, office: Office, reporter: Reporter, code: TrackingCode
) -> Page:
    """What the reporter reads once everything that the desk said has crossed."""
    with house.database.writing() as session:
        session.add(
            PublicCase(
                id=reporter.case,
                lookup_hash=reporter.keys.lookup_hash,
                pepper_id=PEPPER.id,
                reference=reporter.reference,
                received_on=FILED_ON,
                state="received",
                state_on=FILED_ON,
                revision=0,
            )
        )
        session.flush()
        for _progress, message in told(office.house):
            ProgressKeeper(house.items).receive(session, message, LATER)
    visitor = Browser(create_site(house))
    visitor.open("/track")
    return visitor.fill(code=code.digits)


@pytest.mark.parametrize(
    ("state", "act", "label"),
    [
        ("received", "accept", "受理"),
        ("received", "need-more", "请补充"),
        ("accepted", "start", "开始办理"),
        ("in_progress", "close", "办结"),
        ("need_more", "reply", "答复"),
        ("closed", "reply", "答复"),
    ],
)
def test_every_line_of_the_preview_is_on_the_citizens_page(
    app: Flask,
    office: Office,
    public_house: PublicHouse,
    reporter: Reporter,
    code: TrackingCode,
    *,
    state: str,
    act: str,
    label: str,
) -> None:
    for former in PATHS[state]:
        office.do(reporter, former)
    browser = at_work(app, office.clerk, f"/cases/{reporter.reference}/acts/{act}")
    preview = browser.fill(text=WORDS[act]).find("div", class_="desk-preview")
    browser.press(f"保存：{label}")
    page = citizens_page(public_house, office, reporter, code)
    on_page = [words(one) for one in page.find("main").iter() if isinstance(one.tag, str)]
    foreseen = [words(one) for one in preview]
    assert len(foreseen) > 3
    assert [line for line in foreseen if line not in on_page] == []
    told_now = [words(one) for one in page.find_all("section", class_="reply")]
    assert told_now == [words(one) for one in preview.iter("section")]
