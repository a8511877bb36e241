"""The audit log, for the auditor."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import audit, offices, people
from portal.desk.domain.audit import Narrowing
from portal.desk.domain.roles import Permission
from portal.desk.forms.audit import AuditFilter
from portal.desk.forms.words import ACT_NAMES
from portal.desk.routes.access import allowed
from portal.web.transactions import db

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@allowed(Permission.AUDIT)
def index() -> ResponseReturnValue:
    """Show a page of entries, newest first, and whether the chain holds."""
    names = people.names(db())
    form = AuditFilter(request.args)
    form.set_people(names)
    right = form.validate()
    wanted = _narrowing(form) if right else Narrowing()
    page = audit.page(db(), wanted, before=_number(request.args.get("before")))
    whole = request.args.get("check") == "whole"
    found = audit.verify(db(), recent=None if whole else audit.RECENT)
    return render_template(
        "desk/audit/index.html",
        form=form,
        names={**offices.names(db()), **names},
        acts=ACT_NAMES,
        page=page,
        narrowed=wanted != Narrowing(),
        found=found,
        links=_links(page),
    ), (200 if right else 422)


@dataclass(frozen=True)
class Links:
    """Where older entries, the newest entries and the check of the whole chain are."""

    older: str | None
    newest: str | None
    whole: str


def _links(page: audit.Page) -> Links:
    kept = {name: value for name, value in request.args.items() if name not in {"before", "check"}}
    at_start = "before" not in request.args
    return Links(
        _address({**kept, "before": str(page.next_before)}) if page.next_before else None,
        None if at_start else _address(kept),
        _address({**kept, "check": "whole"}),
    )


def _address(query: dict[str, str]) -> str:
    return url_for(".index") + (f"?{urlencode(query)}" if query else "")


def _narrowing(form: AuditFilter) -> Narrowing:
    return Narrowing(
        form.person.data or None, form.act.data or None, form.since.data, form.until.data
    )


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None
