"""A letter, from the clerk's keyboard to its writer's phone and back: both sites, no browser."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.desk.domain import claims
from portal.exchange.messages import Message
from portal.exchange.outbox import Outbox, from_draft
from portal.exchange.tables import Outgoing
from portal.public.app import create_app as create_site
from portal.public.domain import slips
from portal.public.domain.progress import ProgressKeeper
from portal.public.house import PublicHouse
from portal.public.models.cases import Case as PublicCase
from portal.reference.days import utcnow
from portal.store import SealedStore
from portal.web.house import House
from tests.conftest import Databases
from tests.desk.arrivals import Reporter, deliver, letterbox
from tests.desk.casework import WORDS, Office, at_work
from tests.desk.paper import TYPED, enter, own_keys
from tests.pages import Browser
from tests.public.stories import code_on, look
from tests.settings import county

QUESTION = "您写的修路款，是哪一年的？"
ANSWER = "是去年的，十二户都在，𠮷家也在。"


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
        peppers=office.house.peppers,
        drafts=SealedStore(folder / "drafts"),
        items=SealedStore(folder / "items"),
        outbox=Outbox("public", SealedStore(folder / "outgoing")),
        superior=SealedStore(folder / "superior"),
    )


def take_out(house: House, store: SealedStore) -> Sequence[Message]:
    """What a side handed over, in the order of its making; it is gone from there then."""
    with house.database.writing() as session:
        rows = session.scalars(select(Outgoing).order_by(Outgoing.case, Outgoing.position)).all()
        messages = [from_draft(store.get(row.file), "0" * 16, 1) for row in rows]
        session.execute(delete(Outgoing))
    return messages


def carry(office: Office, public: PublicHouse) -> None:
    """Let everything cross, both ways."""
    now, box = utcnow(), letterbox(office.house)
    claiming = claims.Claiming(office.house.items, office.house.outbox)
    up = {"claimed": claiming.receive, "reply": box.receive_reply}
    for message in take_out(public, public.outbox._store):
        with office.house.database.writing() as session:
            up[message.kind](session, message, now)
    down = {"claimable": slips.receive, "progress": ProgressKeeper(public.items).receive}
    for message in take_out(office.house, office.house.items):
        with public.database.writing() as session:
            down[message.kind](session, message, now)


def test_a_letter_a_slip_an_own_code_a_question_and_an_answer(
    app: Flask, office: Office, public_house: PublicHouse
) -> None:
    clerk = at_work(app, office.clerk, "/cases/new")
    letter: dict[str, Any] = {**TYPED, "received_on": utcnow().date().isoformat(), "postmark": ""}
    case = clerk.fill(**letter).url.partition("?")[0]
    slip = code_on(clerk.press("出领取单"))
    clerk.open(f"{case}/acts/accept")
    clerk.fill(text=WORDS["accept"])
    clerk.press("保存：受理")
    carry(office, public_house)

    citizen = Browser(create_site(public_house))
    page = look(citizen, slip)
    assert page.h1 == "办理进度：已受理"
    assert WORDS["accept"] not in page.main
    page = citizen.click("换成我自己的查询码")
    own = code_on(page)
    citizen.fill(last_group=own[-4:])
    carry(office, public_house)

    assert "已领取" in clerk.open(case).main
    clerk.press("发给反映人")
    clerk.open(f"{case}/acts/need-more")
    clerk.fill(text=QUESTION)
    clerk.press("保存：请补充")
    carry(office, public_house)

    page = look(citizen, own)
    assert WORDS["accept"] in page.main
    assert QUESTION in page.main
    citizen.click("回答")
    citizen.fill(text=ANSWER)
    carry(office, public_house)

    page = clerk.open(case)
    assert "签名不符" not in page.main
    page = clerk.press("打开新写的")
    assert ANSWER in page.main
    assert look(citizen, slip).h1 == "没有查到"
    with public_house.database.reading() as session:
        (row,) = session.scalars(select(PublicCase))
    assert row.claimed_slip is True


@pytest.mark.parametrize("purpose", ["add", "unheard"])
def test_words_that_no_key_judged_yet_are_not_shown_as_the_reporters(
    app: Flask, office: Office, purpose: str
) -> None:
    case = enter(office)
    forger = Reporter(own_keys(), case.id, case.reference)
    deliver(office.house, forger.answer("不用再查了", office.recipient, purpose=purpose))
    clerk = at_work(app, office.clerk, f"/cases/{case.reference}")
    page = clerk.press("打开新写的")
    assert "不用再查了" in page.main
    assert "签名没有核对" in page.main
    assert "反映人的补充" not in page.main
