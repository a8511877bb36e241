"""How large and with how much contrast a reader wants pages: one cookie that says nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request

from portal.web.house import current_house

COOKIE = "display"
YEAR_SECONDS = 31_536_000
SIZES = ("normal", "large")
CONTRASTS = ("normal", "high")


@dataclass(frozen=True)
class Display:
    """A reader's choice: `size` of SIZES, `contrast` of CONTRASTS."""

    size: str = "normal"
    contrast: str = "normal"


def chosen_display() -> Display:
    """Return what this request's cookie asks for; anything unknown counts as normal."""
    return display_of(request.cookies, https=current_house().https)


def display_of(cookies: Mapping[str, str], *, https: bool) -> Display:
    """Return what some cookies ask for."""
    size, _separator, contrast = cookies.get(_cookie(https=https), "").partition(".")
    if size not in SIZES or contrast not in CONTRASTS:
        return Display()
    return Display(size, contrast)


def remember(response: Response, display: Display) -> None:
    """Keep the choice for a year; the usual look needs no cookie."""
    https = current_house().https
    if display == Display():
        response.delete_cookie(_cookie(https=https), path="/", secure=https)
        return
    response.set_cookie(
        _cookie(https=https),
        f"{display.size}.{display.contrast}",
        max_age=YEAR_SECONDS,
        path="/",
        secure=https,
        httponly=True,
        samesite="Lax",
    )


def _cookie(*, https: bool) -> str:
    return f"__Host-{COOKIE}" if https else COOKIE


def install(app: Flask) -> None:
    """Tell every template what the reader wants."""
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    return {"display": chosen_display()}
