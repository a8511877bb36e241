"""The order of the wizard's pages, and what all of its pages have in common."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.public.domain.drafts import Draft, Filed
from portal.public.forms.exits import ExitForm

ORDER = ("matter", "subject", "story", "identity", "check")
STEP_OF = {"category": "matter", "story": "story"}


def page(step: str, *, changing: bool = False) -> str:
    """Return the address of a step; `changing` leads back to the check afterwards."""
    endpoint = "filing.check" if step == ORDER[-1] else f"report_steps.{step}"
    return url_for(endpoint, back=ORDER[-1]) if changing else url_for(endpoint)


def number_of(step: str) -> int:
    """Return a step's number, from 1."""
    return ORDER.index(step) + 1


def page_before(step: str) -> str:
    """Return the address to go back to."""
    return page(ORDER[number_of(step) - 2]) if step != ORDER[0] else url_for("reports.start")


def page_after(step: str, draft: Draft, *, changing: bool) -> str:
    """Return where a kept answer leads: what was skipped before it, then the check or onward."""
    skipped = [
        STEP_OF[name] for name in draft.missing if number_of(STEP_OF[name]) < number_of(step)
    ]
    if skipped:
        return page(skipped[0])
    if changing and not draft.missing:
        return page(ORDER[-1])
    return page(ORDER[number_of(step)])


def next_page(draft: Draft) -> str:
    """Return where to go on with a draft that was left."""
    return page(STEP_OF[draft.missing[0]] if draft.missing else ORDER[-1])


def already_filed(filed: Filed) -> ResponseReturnValue:
    """Show that this was filed, to somebody who went back."""
    return render_template("public/report/filed.html", filed=filed)


def confidential(bp: Blueprint) -> Blueprint:
    """Give a blueprint's pages the button that leaves and clears."""
    bp.context_processor(_exit_button)
    return bp


def _exit_button() -> dict[str, Any]:
    return {"exit_form": ExitForm(formdata=None)}
