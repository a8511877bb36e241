"""A small application on the real factory, for what both sites share."""

from datetime import timedelta

import pytest
from flask import Blueprint, Flask, abort, redirect, render_template_string, request, session
from sqlalchemy import text
from wtforms import StringField

from portal.web.app import build
from portal.web.forms import NoNul, PortalForm
from portal.web.headers import open_page
from portal.web.house import House
from portal.web.transactions import db
from tests.settings import county

KEY = bytes(range(32))


class WordsForm(PortalForm):
    words = StringField(validators=[NoNul()])


def blueprint() -> Blueprint:  # noqa: C901 — many small views, one for each thing to try
    bp = Blueprint("small", __name__)

    @bp.get("/open")
    @open_page
    def opened():
        return "open"

    @bp.get("/confidential")
    def confidential():
        return "confidential"

    @bp.post("/notes/<int:status>")
    def write(status):
        db().execute(text("INSERT INTO notes VALUES (:words)"), {"words": request.form["words"]})
        return "written", status

    @bp.get("/notes")
    def write_on_get():
        db().execute(text("INSERT INTO notes VALUES ('by a GET')"))
        return "written"

    @bp.post("/notes/broken")
    def broken():
        db().execute(text("INSERT INTO notes VALUES ('half')"))
        raise RuntimeError(request.form["words"])

    @bp.post("/full-disk")
    def full_disk():
        raise OSError(28, "No space left on device")

    @bp.post("/odd-disk")
    def odd_disk():
        raise OSError(5, "Input/output error")

    @bp.get("/named/<name>")
    def named(name):
        return f"{len(name)} characters"

    @bp.get("/abort/<int:status>")
    def refuse(status):
        abort(status)

    @bp.route("/form", methods=["GET", "POST"])
    def form():
        shown = WordsForm()
        status = 422 if request.method == "POST" and not shown.validate() else 200
        page = "{{ form.csrf_token }}|{{ form.words.data }}|{{ form.errors }}"
        return render_template_string(page, form=shown), status

    @bp.get("/remember/<word>")
    def remember(word):
        session["word"] = word
        return redirect("/recall")

    @bp.get("/see-other")
    def see_other():
        return redirect("/recall", 303)

    @bp.get("/unchanged")
    def unchanged():
        return "", 304

    @bp.get("/recall")
    def recall():
        return session.get("word", "nothing")

    @bp.get("/forget")
    def forget():
        session.clear()
        return "forgotten"

    return bp


@pytest.fixture
def table(databases):
    with databases.public.writing() as session:
        session.execute(text("CREATE TABLE notes (words TEXT)"))
    yield databases.public
    with databases.public.writing() as session:
        session.execute(text("DROP TABLE notes"))


def make(database, folder, *, https: bool) -> Flask:
    house = House(
        side="public", settings=county(folder, https=https), database=database, cookie_key=KEY
    )
    return build(
        house, [blueprint()], cookie="small", same_site="Lax", lifetime=timedelta(hours=24)
    )


@pytest.fixture
def app(table, tmp_path) -> Flask:
    return make(table, tmp_path, https=True)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def notes(table):
    def read() -> list[str]:
        with table.reading() as session:
            return list(session.scalars(text("SELECT words FROM notes")))

    return read
