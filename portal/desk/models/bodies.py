"""Other bodies that the staff often transfer cases to."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.desk.models.base import Base


class Body(Base):
    """A body by its name, as it is offered when a case is transferred."""

    __tablename__ = "bodies"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
