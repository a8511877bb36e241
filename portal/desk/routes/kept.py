"""Text that was typed too late: kept, sealed, in the sign-in page until its author is back."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

from flask import current_app, render_template, request
from werkzeug.exceptions import HTTPException

from portal.desk.domain.boxes import BoxDamaged, seal, unseal
from portal.desk.forms.signing_in import SignInForm
from portal.desk.house import desk_house
from portal.reference.days import utcnow

PURPOSE = "kept text"
GOOD_FOR = timedelta(hours=2)
# Secrets are typed again, never kept.
NEVER_KEPT = frozenset(
    {"csrf_token", "password", "code", "passphrase", "printed", "fresh", "answer"}
)

Fields = list[tuple[str, str]]


def sign_in_page(person_id: str | None) -> str:
    """Render the sign-in page for a form that came without a session; its text goes along.

    Without knowing whose session ended nothing is kept: anybody could be at the keyboard.
    """
    form = SignInForm(formdata=None)
    if person_id is not None:
        form.kept.data = _keep(person_id)
    return render_template("desk/signing_in/sign_in.html", form=form, said="idle")


def give_back(value: str, person_id: str) -> tuple[str, Fields] | None:
    """Return path and fields of a kept form to its author; None for anybody else."""
    try:
        kept = json.loads(unseal(_key(), PURPOSE, urlsafe_b64decode(value)))
    except (BoxDamaged, ValueError):
        return None
    fresh = utcnow().timestamp() - kept["at"] < GOOD_FOR.total_seconds()
    if kept["person"] != person_id or not fresh:
        return None
    return kept["path"], [(name, text) for name, text in kept["form"]]


def is_page(path: str) -> bool:
    """Tell whether an address of our own can be opened by GET."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        return False
    try:
        current_app.url_map.bind("desk").match(path, method="GET")
    except HTTPException:
        return False
    return True


def _keep(person_id: str) -> str:
    fields = [
        (name, text) for name, text in request.form.items(multi=True) if name not in NEVER_KEPT
    ]
    kept = {
        "person": person_id,
        "path": request.path,
        "form": fields,
        "at": int(utcnow().timestamp()),
    }
    return urlsafe_b64encode(seal(_key(), PURPOSE, json.dumps(kept).encode())).decode("ascii")


def _key() -> bytes:
    return desk_house().host_secret
