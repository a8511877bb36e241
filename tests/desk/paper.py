"""Invented letters, as a clerk enters them, and the claim slips of their reporters."""

import secrets
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.desk.domain import claims, letters, slips
from portal.desk.domain.letters import Entry, Ledger
from portal.desk.domain.slips import DrawnSlip, Issuing
from portal.desk.models.cases import Case
from portal.exchange.kinds import Claimed
from portal.exchange.messages import Message
from portal.exchange.outbox import from_draft
from portal.exchange.statements import Statement
from portal.exchange.tables import Outgoing
from portal.sealing.content import ReporterKeys, Subject
from portal.sealing.replies import CodeKeys
from tests.desk.arrivals import LATER, LATER_ON, message
from tests.desk.casework import Office
from tests.desk.staff import Colleague

RECEIVED_ON = date(2026, 11, 10)
PAPER = Entry(
    channel="XIN",
    received_on=RECEIVED_ON,
    postmark=date(2026, 11, 8),
    pages=3,
    signers=12,
    repeated=True,
    category="village",
    subject=Subject(unit="石桥村村委会", post="会计", level="L6"),
    story="𠮷姓等十二户来信：石桥村的修路款，去年冬天到今天没有公开过。",
    place="青岚县柳溪镇",
)
TYPED = {
    "channel": "XIN",
    "received_on": "20261110",
    "postmark": "11.8",
    "pages": "３",
    "signers": "12",
    "repeated": "again",
    "category": "village",
    "unit": "石桥村村委会",
    "post": "会计",
    "level": "L6",
    "place": "青岚县柳溪镇",
    "story": PAPER.story,
}


def enter(
    office: Office,
    *,
    once: str = "one form",
    by: Colleague | None = None,
    now: datetime = LATER,
    references: tuple[str, ...] = ("90000001", "90000002"),
    **changes: Any,
) -> Case:
    """Let a clerk enter a letter; `changes` are members of its entry."""
    clerk = by or office.clerk
    manifest = office.house.manifest.latest()
    sealed = letters.seal(replace(PAPER, **changes), once, manifest)
    draws = iter(references)
    with office.house.database.writing() as session:
        ledger = Ledger(office.opener(clerk), first_look_days=5)
        return ledger.enter(session, sealed, clerk.id, now, draw=lambda: next(draws))


def issue(office: Office, case: Case, *, seen: int = 0, by: Colleague | None = None) -> DrawnSlip:
    """Let a clerk issue a slip."""
    drawn = slips.draw(office.house.peppers[0])
    with office.house.database.writing() as session:
        there = session.get_one(Case, case.id, with_for_update=True)
        Issuing(office.house.items, office.house.outbox).issue(
            session, there, drawn, seen=seen, person_id=(by or office.clerk).id, now=LATER
        )
    return drawn


def own_keys() -> CodeKeys:
    """The keys of a code that a reporter drew on the public site."""
    return CodeKeys(*(secrets.token_bytes(32) for _ in range(3)))


def claim(
    case: Case, slip: CodeKeys, own: CodeKeys, *, about: str = "", purpose: str = "claim"
) -> Message:
    """What the public site sends when a slip is exchanged, unless told otherwise."""
    keys = ReporterKeys(own.reply_recipient, own.verify_key).to_bytes()
    statement = Statement.about(
        keys, act=secrets.token_hex(16), case=about or case.id, purpose=purpose, on=LATER_ON
    ).to_bytes()
    record = Claimed(case.id, slip.sign(statement))
    return message(Claimed.KIND, record.data(), {"statement": statement, "keys": keys}, LATER_ON)


def receive(office: Office, arriving: Message) -> None:
    """Let a claim take effect, as the relay does."""
    claiming = claims.Claiming(office.house.items, office.house.outbox)
    with office.house.database.writing() as session:
        claiming.receive(session, arriving, LATER)


def now_of(office: Office, case: Case) -> Case:
    """The case as the database has it now."""
    with office.house.database.reading() as session:
        return session.get_one(Case, case.id)


def sent(office: Office) -> list[Message]:
    """Every message that waits for the public side, oldest first."""
    with office.house.database.reading() as session:
        files = session.scalars(select(Outgoing.file).order_by(Outgoing.case, Outgoing.position))
        return [from_draft(office.house.items.get(file), "", 0) for file in files]
