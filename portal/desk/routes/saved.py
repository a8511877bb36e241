"""What the page before this one saved, told once more at the top: nobody wonders whether it did."""

from dataclasses import dataclass

from flask import request

from portal.desk.domain.acts import ACTS, Act
from portal.desk.domain.cases import BadReference, parse_reference


@dataclass(frozen=True)
class Saved:
    """An act that was done; `reference` is empty when it was done to the case on this page."""

    act: Act
    reference: str


def saved_before() -> Saved | None:
    """Return what this address says was just saved; None for any other address."""
    act = ACTS.get(request.args.get("done", ""))
    before = request.args.get("before", "")
    try:
        return Saved(act, parse_reference(before) if before else "") if act else None
    except BadReference:
        return None
