"""The parts that one side's application works with, put together by a command."""

from dataclasses import dataclass
from typing import Literal

from flask import current_app

from portal.database import Database
from portal.settings import Settings

Side = Literal["public", "desk"]


@dataclass(kw_only=True)
class House:
    """One side's settings, database and cookie key; each side adds its own parts."""

    side: Side
    settings: Settings
    database: Database
    cookie_key: bytes

    @property
    def https(self) -> bool:
        """Whether this side is reached over TLS."""
        section = self.settings.public if self.side == "public" else self.settings.desk
        return section.https


def current_house() -> House:
    """Return the house of the application that answers this request."""
    house: House = current_app.extensions["portal"]
    return house
