"""What people do on the public site, step by step, and what then lies in its database."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.exchange.messages import Message
from portal.exchange.outbox import from_draft
from portal.exchange.tables import Outgoing
from portal.public.house import PublicHouse
from tests.page_parts import Page, words
from tests.pages import Browser

STORY = "柳溪镇青石村的会计每年多报三户低保，钱打到他弟弟的卡里。"
EPOCH = "0123456789abcdef"


def write_report(visitor: Browser, story: str = STORY, **more: Any) -> Page:
    """Answer every question; return the check page."""
    visitor.open("/report/matter")
    visitor.fill(category=more.pop("category", "subsidy"))
    subject = {name: more.pop(name) for name in list(more) if name not in {"place", "happened"}}
    visitor.fill(**subject) if subject else visitor.press("继续")
    visitor.fill(story=story, **more)
    return visitor.fill(mode="anonymous")


def code_on(page: Page) -> str:
    """Return the 24 digits that a page shows."""
    return "".join(words(one) for one in page.find_all("li", class_="code__group"))


def file_report(visitor: Browser, story: str = STORY, **more: Any) -> str:
    """File a report; return its code. The page that tells it was received stays open."""
    code = code_on(write_report(visitor, story, **more))
    visitor.fill(last_group=code[-4:], declare=True)
    return code


def look(visitor: Browser, code: str) -> Page:
    """Look at a case with its code."""
    visitor.open("/track")
    return visitor.fill(code=code)


def leave_idle(visitor: Browser, now: datetime) -> None:
    """Let the look at a case be over, as after sixteen minutes without a click."""
    with visitor.client.session_transaction(base_url="https://localhost") as cookie:
        cookie["seen"] = int((now - timedelta(minutes=16)).timestamp())


def outgoing(house: PublicHouse) -> list[Message]:
    """Return the messages that wait for the desk."""
    store = house.outbox._store
    with house.database.reading() as session:
        rows = session.scalars(select(Outgoing)).all()
    return [from_draft(store.get(row.file), EPOCH, 1) for row in rows]


def rows(house: PublicHouse, model: type[Any]) -> list[Any]:
    """Return every row of a table."""
    with house.database.reading() as session:
        return list(session.scalars(select(model)))
