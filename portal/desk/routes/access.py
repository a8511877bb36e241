"""Who may open what: every view of the desk is guarded here, or said to be open."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.desk.domain import audit, sessions, visibility
from portal.desk.domain.boxes import BoxDamaged
from portal.desk.domain.roles import Permission
from portal.desk.domain.sessions import SignedIn
from portal.desk.house import desk_house
from portal.desk.routes import kept
from portal.reference.days import utcnow
from portal.web.transactions import SAFE_METHODS, prepare_with

TOKEN = "token"  # noqa: S105 — the name of a field, not a token
P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., Any])

_guarded: dict[str, Permission] = {}
_open: set[str] = set()


class UnguardedView(Exception):
    """A view was registered without saying who may open it."""


def allowed(
    permission: str,
) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
    """Let only people whose roles have the permission open a view; others sign in or see 403.

    :raises ValueError: at import, for a permission that roles do not know.
    """
    wanted = Permission(permission)

    def guard(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            refusal = _enter()
            if refusal is not None:
                return refusal
            if not current_session().may(wanted):
                abort(403)
            prepare_with(limit_to_own)
            return view(*args, **kwargs)

        _guarded[_name(view)] = wanted
        return guarded

    return guard


def for_anyone(view: View) -> View:
    """Say that a view needs nobody to be signed in."""
    _open.add(_name(view))
    return view


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """Return what a view asks for; None when it is open to anyone.

    :raises UnguardedView: when nobody decided.
    """
    if _name(view) in _guarded:
        return _guarded[_name(view)]
    if _name(view) not in _open:
        raise UnguardedView(_name(view))
    return None


def check_every_view(app: Flask, *, but: Iterable[str] = ("static",)) -> None:
    """Refuse to start with a view that nobody decided about.

    :raises UnguardedView: for the first one.
    """
    for endpoint, view in app.view_functions.items():
        if endpoint not in but:
            permission_of(view)


def current_session() -> SignedIn:
    """Return the person behind this request; only inside a guarded view."""
    signed_in: SignedIn = g.signed_in
    return signed_in


def anyone_signed_in() -> SignedIn | None:
    """Return the person behind this request, or None where nobody had to sign in."""
    signed_in: SignedIn | None = g.get("signed_in")
    return signed_in


def limit_to_own(session: Session) -> None:
    """Let a session see the cases that the person behind this request sees, and no other."""
    person = current_session()
    visibility.limit(session, visibility.viewer(session, person.person_id, person.roles))


def note_read(act: str, target: str) -> None:
    """Write what is about to be read into the audit log, in a transaction of its own.

    For views that answer GET; a POST records with `audit.record(db(), …)`.
    """
    with desk_house().database.writing() as own:
        person_id = current_session().person_id
        audit.record(own, person_id=person_id, act=act, target=target, now=utcnow())


def restored_form() -> MultiDict[str, str] | None:
    """Return, once, what the person typed into this page before being signed out.

    Pass it to the page's form: `CloseForm(formdata=restored_form())`. The page then says that
    the text was put back.
    """
    token = session_token()
    if token is None or not current_session().has_refill:
        return None
    with desk_house().database.writing() as own:
        fields = sessions.take_refill(own, token, request.path)
    if fields is None:
        return None
    g.restored = True
    return MultiDict(fields)


def session_token() -> bytes | None:
    """Return the token that this browser's cookie carries."""
    value = session.get(TOKEN)
    return b64decode(value) if isinstance(value, str) else None


def remember(token: bytes) -> None:
    """Start this browser's cookie anew, with the token of a session."""
    session.clear()
    session[TOKEN] = b64encode(token).decode("ascii")


def _enter() -> ResponseReturnValue | None:
    token, now = session_token(), utcnow()
    if token is None:
        return _ask_to_sign_in(None)
    try:
        with desk_house().database.reading() as reader:
            g.signed_in = sessions.find(reader, token, now=now)
    except sessions.SessionOver as over:
        with desk_house().database.writing() as own:
            sessions.expire(own, now=now)
        return _ask_to_sign_in(over.person_id)
    except (sessions.NotSignedIn, BoxDamaged):
        return _ask_to_sign_in(None)
    if now - current_session().seen_at >= sessions.SEEN_STEP:
        with desk_house().database.writing() as own:
            sessions.touch(own, current_session().session_id, now=now)
    return None


def _ask_to_sign_in(person_id: str | None) -> ResponseReturnValue:
    if request.method in SAFE_METHODS:
        wanted = request.path if request.path != "/" else None
        return redirect(url_for("signing_in.show", next=wanted))
    return kept.sign_in_page(person_id), 403


def _name(view: Callable[..., Any]) -> str:
    return f"{view.__module__}.{view.__qualname__}"
