"""Shared keys: what I hold, who holds what, and letting others in."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from portal.desk.domain import ceremony, keys, offices, people
from portal.desk.domain.ceremony import NoSuchFile
from portal.desk.domain.keys import (
    AlreadyHolds,
    MayNotHold,
    NotAHolder,
    UnknownKey,
    WrongKey,
)
from portal.desk.domain.passphrases import WrongPassword
from portal.desk.domain.roles import Permission, may_hold
from portal.desk.forms.keys import GrantForm, ImportForm
from portal.desk.house import desk_house
from portal.desk.models.keys import Key
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session
from portal.reference.days import utcnow
from portal.sealing.keys import Identity
from portal.sealing.manifest import ManifestError
from portal.web.transactions import db

bp = Blueprint("keys", __name__, url_prefix="/keys")


@dataclass(frozen=True)
class ManifestState:
    """Whether reports can be sealed at all: days left, and the warning that is due, if any."""

    days_left: int | None
    warning: int | None


@bp.get("")
@allowed(Permission.KEYS)
def index() -> ResponseReturnValue:
    """Show every key and its holders."""
    person, now = current_session(), utcnow()
    lines = keys.overview(db())
    waiting = ceremony.waiting(desk_house().ceremony)
    return render_template(
        "desk/keys/index.html",
        keys=lines,
        me=person.person_id,
        names=people.names(db()),
        offices=offices.names(db()),
        importable={
            line.id for line in lines if line.id in waiting and line.takes(person.person_id)
        },
        ceremony=bool(waiting),
        manifest=_manifest_state(now),
        form=GrantForm(formdata=None),
    )


@bp.get("/<key_id>/grant")
@allowed(Permission.HOLD_KEYS)
def ask_grant(key_id: str) -> ResponseReturnValue:
    """Ask who is to hold the key too."""
    return _grant_page(GrantForm(), key_id)


@bp.post("/<key_id>/grant")
@allowed(Permission.HOLD_KEYS)
def grant(key_id: str) -> ResponseReturnValue:
    """Let a colleague hold the key too."""
    form, person = GrantForm(), current_session()
    form.person.validate_choice = False
    if not (form.validate() and proof.given(form)):
        return _grant_page(form, key_id), 422
    try:
        keys.grant(
            db(),
            key_id=key_id,
            to=form.person.data,
            by=person.person_id,
            by_own=person.own,
            now=utcnow(),
        )
    except UnknownKey:
        abort(404)
    except NotAHolder:
        abort(403)
    except (AlreadyHolds, MayNotHold):
        form.form_errors.append("这位同事现在不能持有这把密钥，请重新选")
        return _grant_page(form, key_id), 422
    return redirect(url_for(".index"))


@bp.get("/<key_id>/import")
@allowed(Permission.HOLD_KEYS)
def ask_import(key_id: str) -> ResponseReturnValue:
    """Ask for the printed passphrase."""
    return _import_page(ImportForm(), key_id)


@bp.post("/<key_id>/import")
@allowed(Permission.HOLD_KEYS)
def import_key(key_id: str) -> ResponseReturnValue:
    """Become a holder by a key's printed passphrase."""
    form = ImportForm()
    private = _opened(form, key_id) if form.validate() and proof.given(form) else None
    if private is None:
        return _import_page(form, key_id), 422
    person_id = current_session().person_id
    try:
        ceremony.import_key(db(), key_id, private, person_id=person_id, now=utcnow())
    except UnknownKey:
        abort(404)
    except MayNotHold:
        abort(403)
    except (AlreadyHolds, WrongKey):
        form.printed.errors = ["没有导入：您已经持有这把密钥，或者文件里是另一把密钥"]
        return _import_page(form, key_id), 422
    return redirect(url_for(".index"))


def _opened(form: ImportForm, key_id: str) -> Identity | None:
    """Open the key's file; what is wrong is said beside the field."""
    house = desk_house()
    try:
        with house.database.reading() as reader:
            secret = ceremony.secret_for(keys.get(reader, key_id).kind, house.host_secret)
        return ceremony.read(house.ceremony, key_id, form.printed.data, secret)
    except (NoSuchFile, UnknownKey):
        form.printed.errors = ["服务器上没有这把密钥的文件，可能已经删掉了。请找持有人授予"]
    except WrongPassword:
        form.printed.errors = ["口令不对，请对着密钥纸再看一遍"]
    return None


def _grant_page(form: GrantForm, key_id: str) -> str:
    line = next((one for one in keys.overview(db()) if one.id == key_id), None)
    if line is None:
        abort(404)
    if not line.held_by(current_session().person_id):
        abort(403)
    form.person.choices = [
        SelectChoice(one.id, f"{one.display_name}（{one.name}）") for one in line.candidates
    ]
    return render_template("desk/keys/grant.html", form=form, key=line)


def _import_page(form: ImportForm, key_id: str) -> str:
    key = _find(key_id)
    if not may_hold(current_session().roles, key.kind):
        abort(403)
    return render_template("desk/keys/import.html", form=form, key=key)


def _find(key_id: str) -> Key:
    try:
        return keys.get(db(), key_id)
    except UnknownKey:
        abort(404)


def _manifest_state(now: datetime) -> ManifestState:
    try:
        manifest = desk_house().manifest.current(now)
    except ManifestError:
        return ManifestState(None, None)
    return ManifestState(manifest.days_left(now), manifest.warning(now))
