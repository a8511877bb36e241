"""Applications built once in a run: their routing takes longer to compile than most tests run."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from portal.web.house import House

BUILT: dict[str, Flask] = {}


def serving(house: House, create_app: Callable[[Any], Flask]) -> Flask:
    """Return the application of the house's side, at work for this house.

    It keeps the cookie key and the page texts of the first house; a test that wants others, or
    changes the application itself, builds its own.
    """
    if house.side not in BUILT:
        BUILT[house.side] = create_app(house)
    app = BUILT[house.side]
    app.extensions["portal"] = house
    return app
