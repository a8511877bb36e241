"""A case as the desk knows it: dates, state and office in clear, every text in sealed files."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base

# The code of the vocabulary for a report that came over this site.
ONLINE = "WANG"


class Case(Base):
    """One report, from its arrival on.

    Until somebody registers it, `content_file` is sealed to the intake key that `intake_key`
    names and the columns of the case's own key are empty. `identity_file` stays as it came.
    From then on `office_id` says which office has it: the intake at first, and `named` whether
    somebody's name is in the identity; `identity_sha256` is what the content says that the sealed
    identity hashes to, None for a report from before contents did. `withdraw_asked_on` and
    `review_asked_on` are set while the desk has not taken up what the reporter asked for;
    `passed_to` names the body that a case was transferred or pointed to.

    What a clerk enters has no intake key, and no keys of a reporter until one claims the slip:
    `claimed_slip` is None for what came over the site and while there is no slip.
    """

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True)
    received_on: Mapped[date]
    look_by: Mapped[date]
    look_by_provisional: Mapped[bool]
    state: Mapped[str] = mapped_column(String(24), index=True)
    state_on: Mapped[date]
    previous_state: Mapped[str | None] = mapped_column(String(24))
    answer_by: Mapped[date | None]
    answer_by_provisional: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int]
    claimed_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"), index=True)
    claimed_on: Mapped[date | None]
    registered_on: Mapped[date | None] = mapped_column(index=True)
    category: Mapped[str | None] = mapped_column(String(24))
    named: Mapped[bool] = mapped_column(default=False)
    intake_key: Mapped[str] = mapped_column(String(64))
    content_file: Mapped[str] = mapped_column(String(64))
    identity_file: Mapped[str] = mapped_column(String(64))
    recipient: Mapped[str | None] = mapped_column(Text)
    reply_recipient: Mapped[str | None] = mapped_column(Text)
    verify_key: Mapped[str | None] = mapped_column(String(64))
    withdraw_asked_on: Mapped[date | None]
    review_asked_on: Mapped[date | None]
    passed_to: Mapped[str | None] = mapped_column(String(100))
    office_id: Mapped[str | None] = mapped_column(ForeignKey("offices.id"), index=True)
    channel: Mapped[str] = mapped_column(String(8), default=ONLINE, server_default=ONLINE)
    claimed_slip: Mapped[bool | None]
    identity_sha256: Mapped[str | None] = mapped_column(String(64))

    @property
    def is_followed(self) -> bool:
        """Whether the public site knows it, so that its reporter can see its progress."""
        return self.channel == ONLINE or self.claimed_slip is not None


class CaseGrant(Base):
    """A case's private key, wrapped to one key; the wrapped bytes are a file of their own."""

    __tablename__ = "case_grants"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    file: Mapped[str] = mapped_column(String(64))


class CaseEvent(Base):
    """What happened to a case, in order; `state` is the state from then on.

    `person_id` is empty for what citizens did.
    """

    __tablename__ = "case_events"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    act: Mapped[str] = mapped_column(String(24))
    state: Mapped[str] = mapped_column(String(24))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))


class MissingCase(Base):
    """A case that the public side knows and this desk, put back from a backup, does not."""

    __tablename__ = "missing_cases"

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    noticed_on: Mapped[date]
