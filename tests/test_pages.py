"""The test browser itself: what it does for a test, and what it lets no page get away with."""

from datetime import timedelta

import pytest
from flask import Blueprint, Flask, redirect, render_template_string, request
from html5lib.html5parser import ParseError
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.database import Database
from portal.web.app import build
from portal.web.forms import PortalForm
from portal.web.headers import CONTENT_SECURITY_POLICY, open_page
from portal.web.house import House
from tests.pages import Browser
from tests.settings import county

PAGE = """{% extends "public/layout.html" %}
{% block title %}试一试{% endblock %}
{% block content %}<h1>试一试</h1>PLACE{% endblock %}"""

FORM = PAGE.replace(
    "PLACE",
    """<form method="post" novalidate>
    {{ ui.csrf(form) }}
    {{ ui.radios(form.colour) }}{{ ui.textarea(form.story, limit=100) }}{{ ui.input(form.place) }}
    {{ ui.checkbox(form.sure) }}{{ ui.select(form.level) }}
    {{ ui.button("继续") }}{{ ui.button("存下", "secondary", "act", "keep") }}
    </form>""",
)


COLOURS = [SelectChoice("red", "红"), SelectChoice("blue", "蓝")]
TEXT = {"Content-Type": "text/plain"}


class TryForm(PortalForm):
    colour = RadioField(
        "颜色", choices=[SelectChoice("red", "红"), SelectChoice("blue", "蓝")], default="red"
    )
    story = TextAreaField("经过", [InputRequired("请写明经过")])
    place = StringField("地点")
    sure = BooleanField("确实如此", [InputRequired("请打钩")])
    level = SelectField("职级", choices=["1", "2"])


class Site:
    """A small public site whose pages a test writes itself."""

    def __init__(self, folder):
        self.markup = ""
        self.headers: dict[str, str] = {}
        self.received: dict[str, str] = {}
        self.bp = Blueprint("small", __name__)
        self.bp.get("/")(open_page(self.show))
        self.bp.get("/report/away", endpoint="away")(lambda: redirect("/", 303))
        self.bp.route("/report/try", methods=["GET", "POST"])(self.ask)
        self.bp.get("/words", endpoint="words")(lambda: ("just words", TEXT))
        self.database = Database(f"sqlite:///{folder}/portal.db")
        house = House(
            side="public",
            settings=county(folder),
            database=self.database,
            cookie_key=bytes(32),
        )
        hours = timedelta(hours=1)
        self.app: Flask = build(house, [self.bp], cookie="small", same_site="Lax", lifetime=hours)
        self.app.after_request_funcs.setdefault(None, []).insert(0, self.spoil)

    def show(self):
        return render_template_string(PAGE.replace("PLACE", self.markup))

    def ask(self):
        form = TryForm()
        if form.validate_on_submit():
            self.received = request.form.to_dict()
            return redirect("/", 303)
        status = 422 if request.method == "POST" else 200
        return render_template_string(FORM, form=form, exit_form=PortalForm()), status

    def spoil(self, response):
        response.headers.update(self.headers)
        return response


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path)
    yield made
    made.database.dispose()


@pytest.fixture
def visitor(site):
    return Browser(site.app)


def test_a_page_is_read_like_a_person_reads_it(site, visitor):
    site.markup = '<p>你好，<a class="govuk-link" href="/words">看这里</a></p>'
    page = visitor.open("/")
    assert page.title == "试一试 – 青岚县纪委监委监督举报"
    assert page.h1 == "试一试"
    assert "你好，看这里" in page.main
    assert page.links["看这里"] == "/words"
    assert visitor.click("看这里").text == "just words"


def test_a_form_is_filled_with_its_token_and_what_it_already_held(site, visitor):
    visitor.open("/report/try")
    page = visitor.fill(story="第一行\n第二行", sure=True, level="2")
    assert page.url == "/"
    assert site.received["story"] == "第一行\r\n第二行"
    assert site.received["colour"] == "red"
    assert site.received["level"] == "2"
    assert "act" not in site.received


def test_a_refused_form_shows_its_errors_and_keeps_the_text(visitor):
    visitor.open("/report/try")
    page = visitor.fill(status=422, colour="blue", place="青岚县柳溪镇")
    assert page.error("story") == "请写明经过"
    assert page.error("place") is None
    assert page.value("place") == "青岚县柳溪镇"
    assert page.value("colour") == "blue"
    assert page.value("level") == "1"
    assert page.value("sure") == ""
    assert page.errors == ["请写明经过", "请打钩"]


def test_a_form_may_go_out_by_another_of_its_buttons(site, visitor):
    visitor.open("/report/try")
    visitor.fill(press="存下", story="经过", sure=True)
    assert site.received["act"] == "keep"


def test_a_pressed_button_sends_its_own_form(visitor):
    visitor.open("/report/try")
    assert visitor.press("离开并清除", status=404).h1 == "没有这个页面"


def test_a_tick_can_be_taken_back(visitor):
    visitor.open("/report/try")
    visitor.fill(status=422, sure=True)
    assert visitor.page.value("sure") == "y"
    visitor.fill(status=422, story="经过", sure=False)
    assert visitor.page.errors == ["请打钩"]


def test_a_form_from_elsewhere_can_be_sent_too(visitor):
    page = visitor.post("/report/try", {"story": "没有记号"}, status=422)
    assert page.value("story") == "没有记号"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"colour": "green"}, "offers"),
        ({"weather": "sun"}, "no form with"),
        ({"story": True}, "wants words"),
        ({"colour": True}, "offers"),
    ],
)
def test_nobody_can_fill_what_the_page_does_not_offer(visitor, fields, refusal):
    visitor.open("/report/try")
    with pytest.raises(AssertionError, match=refusal):
        visitor.fill(**fields)


def test_what_is_not_there_is_named(visitor):
    with pytest.raises(AssertionError, match="open a page first"):
        visitor.click("看这里")
    visitor.open("/")
    with pytest.raises(AssertionError, match="no link"):
        visitor.click("没有")
    with pytest.raises(AssertionError, match="no button"):
        visitor.press("没有")
    with pytest.raises(AssertionError, match="no field"):
        visitor.page.value("story")
    with pytest.raises(AssertionError, match="has no table"):
        visitor.page.find("table")
    with pytest.raises(AssertionError, match="answered 404, not 200"):
        visitor.open("/nowhere")


@pytest.mark.parametrize(
    ("markup", "broken"),
    [
        ("<h1>又一个</h1>", "headings"),
        ('<input id="a" name="a">', "no label"),
        ('<label for="a"></label><input id="a" name="a">', "no label"),
        ('<label for="a">甲</label><input id="a" name="a" type="radio">', "no question"),
        ('<p id="a">甲</p><p id="a">乙</p>', "twice"),
        ('<label for="b">甲</label>', "for names"),
        ('<p aria-describedby="b">甲</p>', "aria-describedby names"),
        ('<p style="color: red">甲</p>', "style"),
        ("<style>p {}</style>", "style element"),
        ("<script>1</script>", "inline script"),
        ('<p onclick="x()">甲</p>', "onclick"),
        ('<a href="javascript:x()">甲</a>', "javascript"),
        ('<img src="https://elsewhere.example/a.png" alt="">', "reaches out"),
        ('<form action="//elsewhere.example/"></form>', "reaches out"),
        ('<p class="govuk-error-message">错</p>', "试一试"),
        ("{% for n in range(30000) %}{{ n }}{% endfor %}", "weighs"),
        ('<img src="/1.png" alt=""><img src="/2.png" alt="">', "loads"),
    ],
)
def test_a_page_that_breaks_a_promise_fails_its_test(site, visitor, markup, broken):
    site.markup = markup
    with pytest.raises(AssertionError, match=broken):
        visitor.open("/")


@pytest.mark.parametrize("markup", ["<p><b>甲</p>", "<p></p></p>", "<div>", "<p id=a id=b>甲</p>"])
def test_a_page_that_is_not_valid_fails_its_test(site, visitor, markup):
    site.markup = markup
    with pytest.raises(ParseError):
        visitor.open("/")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'self'"),
        (
            "Content-Security-Policy",
            "form-action 'self'; default-src 'none'; script-src 'unsafe-inline'",
        ),
        (
            "Content-Security-Policy",
            f"{CONTENT_SECURITY_POLICY}; connect-src 'self'",
        ),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "unsafe-none"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("Permissions-Policy", ""),
        ("Set-Cookie", "visits=1"),
    ],
)
def test_an_answer_with_a_careless_header_fails_its_test(site, visitor, name, value):
    site.headers = {name: value}
    with pytest.raises(AssertionError):
        visitor.open("/")


@pytest.mark.parametrize("path", ["/report/try", "/report/away"])
def test_a_confidential_answer_that_may_be_kept_fails_its_test(site, visitor, path):
    visitor.open(path)
    site.headers = {"Cache-Control": "max-age=60"}
    with pytest.raises(AssertionError, match="may be cached"):
        visitor.open(path)
