"""Cases that went to the superior: what must stay so that nothing of them stays here later."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class HandedUpCase(Base):
    """A case that was handed up and erased; the id is the random one that its messages carry.

    Whatever comes for it goes on to the superior unseen. `revision` is that of its last progress,
    sent on the day `on`; `followed` whether the public side knows the case. `once` is a number of
    the form, so that a second press of its button finds the act done.
    """

    __tablename__ = "handed_up_cases"

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    revision: Mapped[int]
    on: Mapped[date]
    followed: Mapped[bool]
    once: Mapped[str] = mapped_column(String(32), unique=True)
