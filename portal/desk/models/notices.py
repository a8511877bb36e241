"""Notices: how they stand in clear, every text in sealed files."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base, Instant


class Notice(Base):
    """One notice (通报) from its first draft on.

    `version` is that of the newest draft, `release` that of what was released last (0: nothing
    yet), made from the draft `released_draft`. `number` is given with the first release. `answers`
    and `expires_on` are of the last release: which notice it answers, until when it is shown.
    """

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    version: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(9), unique=True)
    release: Mapped[int] = mapped_column(default=0)
    released_draft: Mapped[int | None]
    published_on: Mapped[date | None]
    review_on: Mapped[date | None] = mapped_column(index=True)
    answers: Mapped[str | None] = mapped_column(String(9), index=True)
    expires_on: Mapped[date | None]


class NoticeVersion(Base):
    """A draft as somebody saved it: text and parties, sealed to the notice key."""

    __tablename__ = "notice_versions"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    file: Mapped[str] = mapped_column(String(64))


class NoticeReview(Base):
    """What an approver decided about one version; `naming` is the approval of names (点名).

    An approval is good for its version alone. `file` holds the words of a return. `deputy_for` is
    the approver for whom a deputy decided.
    """

    __tablename__ = "notice_reviews"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    version: Mapped[int]
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    approved: Mapped[bool]
    naming: Mapped[bool]
    file: Mapped[str | None] = mapped_column(String(64))
    deputy_for: Mapped[str | None] = mapped_column(ForeignKey("people.id"))


class NoticeAcceptance(Base):
    """A finding that an approver accepted with a reason; both are in the sealed file."""

    __tablename__ = "notice_acceptances"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    file: Mapped[str] = mapped_column(String(64))
    deputy_for: Mapped[str | None] = mapped_column(ForeignKey("people.id"))


class NoticeRelease(Base):
    """A version that was let go out: `file` is the signed document, which is public by then.

    `message_id` is that of the message that carries it, `shown_on` the day from which the public
    side said that it shows exactly this.
    """

    __tablename__ = "notice_releases"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    draft: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    message_id: Mapped[str] = mapped_column(String(32))
    digest: Mapped[str] = mapped_column(String(64))
    file: Mapped[str] = mapped_column(String(64))
    shown_on: Mapped[date | None]
    deputy_for: Mapped[str | None] = mapped_column(ForeignKey("people.id"))


class NoticeTick(Base):
    """A version that comes from a named report: custodians are to say that it names no reporter.

    `file` holds the public text, sealed to custodian group B; who ticked it, and when, is empty
    until then.
    """

    __tablename__ = "notice_ticks"

    notice_id: Mapped[str] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    file: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime | None] = mapped_column(Instant)


class NoticeAlarm(Base):
    """A notice of which the public side shows something else than was released."""

    __tablename__ = "notice_alarms"

    notice_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    what: Mapped[str] = mapped_column(String(16))
    on: Mapped[date]
