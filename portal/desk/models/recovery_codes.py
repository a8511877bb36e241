"""Codes on paper that stand in once each for the authenticator of a lost phone."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class RecoveryCode(Base):
    """One unused code; its id is an HMAC of code and name under the host secret."""

    __tablename__ = "recovery_codes"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
