"""/cases/<reference>/notes: what staff write about a case for one another."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import notes, people
from portal.desk.domain.notes import Note, NotesChanged
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.recusals import MustRecuse
from portal.desk.domain.roles import Permission
from portal.desk.forms.notes import NoteForm
from portal.desk.models.cases import Case
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.addressed import registered_or_404
from portal.desk.routes.opening import open_case
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("notes", __name__, url_prefix="/cases/<reference>/notes")

CLOSED = "您打不开这一件，看不了也写不了内部记录。请回到这一件看看原因。"
MORE = "刚刚有了新的记录，还没有记下来。请先到这一件看看；还要写的，再按一次。"


@bp.get("")
@allowed(Permission.CASES)
def show(reference: str) -> ResponseReturnValue:
    """Show the notes and ask for another; that they were read is written down first."""
    case, form = registered_or_404(reference), NoteForm(formdata=restored_form())
    note_read("case-read", reference)
    return _page(case, form, _kept(case))


@bp.post("")
@allowed(Permission.CASES)
def write(reference: str) -> ResponseReturnValue:
    """Keep a note."""
    case, form, person_id = (
        registered_or_404(reference, lock=True),
        NoteForm(),
        current_session().person_id,
    )
    if not form.validate():
        return _page(case, form), 422
    text, seen = form.text.data, form.seen_revision
    try:
        holding = open_case(case).holding
        notes.write(db(), holding, case, text, seen=seen, person_id=person_id, now=utcnow())
    except NotesChanged:
        form.form_errors.append(MORE)
        return _page(case, form), 422
    except (KeyNotHeld, CannotOpen, MustRecuse):
        form.form_errors.append(CLOSED)
        return _page(case, form), 409
    return redirect(url_for("cases.show", reference=reference, done="note"), 303)


def _page(case: Case, form: NoteForm, kept: Sequence[Note] = ()) -> str:
    """Render the page; without the notes where showing them would be a read nobody wrote down."""
    form.revision.data = str(notes.count(db(), case))
    named = people.names(db())
    return render_template("desk/notes/notes.html", case=case, form=form, notes=kept, names=named)


def _kept(case: Case) -> list[Note]:
    try:
        opened = open_case(case)
        return notes.read(db(), opened.holding, case, opened.own)
    except (KeyNotHeld, CannotOpen, MustRecuse):
        return []
