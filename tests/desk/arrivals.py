"""Invented reporters, and what comes from them to the desk: sealed reports, signed words."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.desk.domain.intake import Letterbox
from portal.desk.domain.ratings import RatingBox
from portal.desk.house import DeskHouse
from portal.desk.models.cases import Case
from portal.exchange.kinds import Progress, Reply, Report
from portal.exchange.kinds import Rating as RatingMessage
from portal.exchange.messages import Message
from portal.exchange.outbox import from_draft
from portal.exchange.statements import Statement
from portal.exchange.tables import Outgoing
from portal.sealing import age
from portal.sealing.content import ReportContent, Subject, Words
from portal.sealing.keys import Recipient
from portal.sealing.padding import pad_text
from portal.sealing.ratings import Rating, seal_rating
from portal.sealing.replies import CodeKeys
from portal.sealing.seal import seal_words

FILED = datetime(2026, 11, 9, 2, 0, tzinfo=UTC)
FILED_ON = date(2026, 11, 9)
LATER = datetime(2026, 11, 12, 2, 0, tzinfo=UTC)
LATER_ON = date(2026, 11, 12)
INTAKE = "intake-2026-4"
STORY = "柳溪镇石桥村的修路款，\n去年冬天到今天没有公开过。𠮷姓村民可以作证。\u202e"


@dataclass(frozen=True)
class Reporter:
    """One citizen with a tracking code, and the case that the public site gave the report."""

    keys: CodeKeys
    case: str
    reference: str

    @classmethod
    def draw(cls, reference: str = "83172054") -> "Reporter":
        keys = CodeKeys(*(secrets.token_bytes(32) for _ in range(3)))
        return cls(keys, secrets.token_hex(16), reference)

    def content(self, story: str = STORY, category: str = "village") -> ReportContent:
        return ReportContent(
            category=category,
            vocabulary="2026-1",
            story=story,
            place="青岚县柳溪镇",
            subject=Subject(unit="石桥村村委会", post="会计", level="L6"),
            reply_recipient=self.keys.reply_recipient,
            verify_key=self.keys.verify_key,
        )

    def report(
        self,
        intake: Recipient,
        *,
        content: bytes | None = None,
        identity: bytes = b"sealed to the custodians",
        now: datetime = FILED,
    ) -> Message:
        """The report as its message; `content` takes the place of the sealed content."""
        if content is None:
            content = age.encrypt(pad_text(self.content().to_bytes()), [intake])
        record = Report(self.case, self.reference, {"intake": INTAKE})
        parts = {"content": content, "identity": identity}
        return message(Report.KIND, record.data(), parts, now.date())

    def answer(
        self,
        text: str,
        intake: Recipient,
        *,
        signed_by: "Reporter | None" = None,
        about: str = "",
        on: date = LATER_ON,
        purpose: str = "reply",
        pressed: str | None = None,
    ) -> Message:
        """Signed words, by this reporter and about this case unless told otherwise."""
        words = seal_words(Words(text, on, pressed), [intake])
        statement = Statement.about(
            words, act=secrets.token_hex(16), case=about or self.case, purpose=purpose, on=on
        ).to_bytes()
        record = Reply(self.case, (signed_by or self).keys.sign(statement))
        return message(Reply.KIND, record.data(), {"statement": statement, "words": words}, on)

    def rating(
        self,
        given: Rating,
        statistics: Recipient,
        *,
        signed_by: "Reporter | None" = None,
        on: date = LATER_ON,
    ) -> Message:
        """A signed rating, by this reporter unless told otherwise."""
        words = seal_rating(given, [statistics])
        statement = Statement.about(
            words, act=secrets.token_hex(16), case=self.case, purpose="rate", on=on
        ).to_bytes()
        record = RatingMessage(self.case, (signed_by or self).keys.sign(statement))
        parts = {"statement": statement, "words": words}
        return message(RatingMessage.KIND, record.data(), parts, on)


def message(kind: str, data, parts, day: date) -> Message:
    whole = Message(secrets.token_hex(16), kind, "public", day, data, parts)
    whole.check()
    return whole


def letterbox(house: DeskHouse) -> Letterbox:
    return Letterbox(house.items, house.outbox, first_look_days=5)


def deliver(house: DeskHouse, arriving: Message, now: datetime = LATER) -> None:
    """Let a message take effect, in its own transaction as the relay does."""
    receive = {
        Report.KIND: letterbox(house).receive_report,
        Reply.KIND: letterbox(house).receive_reply,
        RatingMessage.KIND: RatingBox(house.items).receive,
    }[arriving.kind]
    with house.database.writing() as session:
        receive(session, arriving, now)


def case_of(house: DeskHouse, reporter: Reporter) -> Case:
    """The reporter's case as the database has it now."""
    with house.database.reading() as session:
        return session.scalars(select(Case).where(Case.id == reporter.case)).one()


def told(house: DeskHouse) -> Sequence[tuple[Progress, Message]]:
    """Every snapshot that waits to be sent to the public side, oldest first."""
    with house.database.reading() as session:
        files = session.scalars(select(Outgoing.file).order_by(Outgoing.case, Outgoing.position))
        messages = [from_draft(house.items.get(file), "", 0) for file in files]
    return [(Progress.read(one.data), one) for one in messages]
