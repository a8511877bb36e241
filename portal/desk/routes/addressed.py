"""The case that an address names; nothing is there for who does not see it."""

from flask import abort

from portal.desk.domain import cases
from portal.desk.domain.cases import UnknownCase
from portal.desk.models.cases import Case
from portal.web.transactions import db


def case_or_404(reference: str, *, lock: bool = False) -> Case:
    """Return the case; `lock` makes others wait until this transaction ends."""
    try:
        return cases.get(db(), reference, lock=lock)
    except UnknownCase:
        abort(404)


def registered_or_404(reference: str, *, lock: bool = False) -> Case:
    """Return the case, once somebody has opened and registered it."""
    case = case_or_404(reference, lock=lock)
    return case if case.registered_on is not None else abort(404)
