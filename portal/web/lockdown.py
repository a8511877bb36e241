"""Lockdown: one file in the instance folder closes both sites while they run.

Every request looks whether the file is there; that costs one `stat`.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from flask import Flask, request
from flask.typing import ResponseReturnValue

from portal.web.house import current_house

FILE = "lockdown"


def in_force(instance: Path) -> bool:
    """Tell whether the instance is closed."""
    return (instance / FILE).exists()


def install(app: Flask, answer: Callable[[], ResponseReturnValue], *, but: Collection[str]) -> None:
    """Let every endpoint give this answer during a lockdown, but for some blueprints or names."""

    def refuse() -> ResponseReturnValue | None:
        stays = {request.endpoint, request.blueprint} & set(but)
        if stays or not in_force(current_house().settings.instance):
            return None
        return answer()

    app.before_request(refuse)
