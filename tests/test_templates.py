"""The open pages, both layouts and the shared parts, on the real factory."""

import gzip
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Blueprint, render_template, render_template_string
from wtforms import RadioField, SelectChoice

from portal.config import CHECKOUT
from portal.database import Database
from portal.reference.texts import text
from portal.settings import Footer, Network
from portal.web.app import build
from portal.web.forms import PortalForm
from portal.web.house import House
from tests.pages import Browser
from tests.settings import county

STATIC = CHECKOUT / "static"
OPEN_PAGES = {
    "/": "home",
    "/help": "help",
    "/help/safety": "safety",
    "/help/after": "after",
    "/privacy": "privacy",
    "/accessibility": "accessibility",
}
PARTS = """{% extends "public/layout.html" %}
{% block title %}部件{% endblock %}
{% block back %}{{ ui.back("/before") }}{% endblock %}
{% block content %}
{{ ui.step(2, 6) }}
<h1>部件</h1>
{{ ui.code_groups(code) }}
{{ ui.summary_list([("地点", "一\n二", "/change"), ("时间", "")]) }}
{{ ui.tag("received") }}{{ ui.tag("rated", "评过了") }}
{{ ui.table("收到的件数", ["月份", "件数"], [["一月", 3]], numeric=[1]) }}
{{ ui.pagination("/1", "/3", "第2页") }}
{% call ui.notice("请注意", "warning") %}{{ ui.prose("· 甲\n乙") }}{% endcall %}
{% call ui.details("还有") %}{{ ui.numbered("丙\n丁") }}{% endcall %}
<form method="post">{{ ui.csrf(form) }}
{% call ui.fieldset(form.colour, hint="选一个") %}
  {{ ui.radio_items(form.colour, {"red": "像火"}, ["red"]) }}
  {{ ui.radio_items(form.colour, only=["blue"]) }}
{% endcall %}</form>
{{ ui.print_button() }}
{% endblock %}
{% block script %}{{ ui.script() }}{% endblock %}"""
PANEL = """{% extends "public/layout.html" %}
{% block title %}好了{% endblock %}
{% block content %}
{% call ui.panel("已收到") %}登记号{% endcall %}{{ ui.warning("慢") }}
{% endblock %}"""
DESK = """{% extends "desk/layout.html" %}
{% block title %}办件{% endblock %}
{% block content %}<h1>办件</h1>{% endblock %}"""


class ColourForm(PortalForm):
    colour = RadioField("颜色", choices=[SelectChoice("red", "红"), SelectChoice("blue", "蓝")])


@pytest.fixture
def made(tmp_path):
    databases = []

    def make(views, *, side="public", **changed):
        settings = county(tmp_path, demo=changed.pop("demo", False))
        for name, value in changed.items():
            object.__setattr__(settings, name, value)
        databases.append(Database(f"sqlite:///{tmp_path}/portal.db"))
        house = House(side=side, settings=settings, database=databases[-1], cookie_key=bytes(32))
        bp = Blueprint("small", __name__)
        for path, view in views.items():
            bp.add_url_rule(path, path.replace("/", "_"), view)
        hours = timedelta(hours=1)
        return build(house, [bp], cookie="small", same_site="Lax", lifetime=hours)

    yield make
    for database in databases:
        database.dispose()


def door(path, label, count=0):
    return SimpleNamespace(path=path, label=label, count=count)


def page_of(name):
    return lambda: render_template(f"public/pages/{name}.html")


def open_pages():
    return {path: page_of(name) for path, name in OPEN_PAGES.items()}


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_an_open_page_keeps_every_promise_in_both_looks(made, path):
    app = made(open_pages())
    visitor = Browser(app)
    assert visitor.open(path).root.get("class") == "govuk-template "
    visitor.client.set_cookie("__Host-display", "large.high", domain="localhost", secure=True)
    assert "size-large contrast-high" in visitor.open(path).root.get("class", "")


def test_the_doors_lead_from_home_and_tell_where_one_is(made):
    visitor = Browser(made(open_pages()))
    page = visitor.open("/")
    assert page.links["我要反映问题"] == "/report"
    assert page.links["查办理进度"] == "/track"
    page = visitor.click("保护好自己")
    assert page.h1 == "保护好自己"
    assert page.find("a", class_="doors__link", aria_current="true").get("href") == "/help"


@pytest.mark.parametrize(
    ("terminator", "said"),
    [("ours", "里面没有您写的内容"), ("waf", "您写的内容经过它时是能读到的")],
)
def test_privacy_says_who_can_read_along(made, terminator, said):
    network = Network(tls_terminator=terminator, log_keeper="青岚县机房")
    page = Browser(made(open_pages(), network=network)).open("/privacy")
    assert said in page.main
    assert "青岚县机房" in page.main
    assert "办结后两年" in page.main
    assert "演示" not in page.main


def test_a_demo_says_so_on_every_page_and_owns_up_to_one_machine(made):
    visitor = Browser(made(open_pages(), demo=True))
    assert "演示" in visitor.open("/").text
    assert "这个演示网站就是装在同一台机器上的" in visitor.open("/privacy").main


def test_only_the_registration_numbers_that_are_set_are_shown(made):
    footer = Footer(icp="青ICP备00000000号")
    page = Browser(made(open_pages(), footer=footer)).open("/")
    assert "青ICP备00000000号" in page.text
    assert "网站标识码" not in page.text


EXPLAINED = [400, 403, 404, 405, 413, 429, 500, 503]


def error_page(made, side, status):
    views = {"/wrong": lambda: render_template(f"{side}/error.html", shown=status)}
    return Browser(made(views, side=side)).open("/wrong")


@pytest.mark.parametrize("status", EXPLAINED)
def test_an_error_page_names_telephone_and_address(made, status):
    page = error_page(made, "public", status)
    key = f"error.{status}"
    assert page.h1 == text(key, phone="", address="", hours="").split("\n")[0]
    assert "0990-1238800" in page.main
    assert "青岚县柳溪镇清风路1号" in page.main


@pytest.mark.parametrize("status", EXPLAINED)
def test_an_error_page_of_the_desk_does_not_speak_to_citizens(made, status):
    page = error_page(made, "desk", status)
    assert page.links["回首页"] == "/"
    for words in ("查询码", "网上填写", "我要反映问题", "0990-1238800"):
        assert words not in page.main


def test_shared_parts_render_what_they_are_given(made):
    code = SimpleNamespace(groups=("8317", "2054", "9961", "0378", "5461", "2093"))
    app = made({"/parts": lambda: render_template_string(PARTS, code=code, form=ColourForm())})
    page = Browser(app).open("/parts")
    assert "8317 2054 9961 0378 5461 2093" in " ".join(
        group.text or "" for group in page.find_all("li", class_="code__group")
    )
    assert page.find("dd", class_="as-typed").text == "一\n二"
    assert "没有填" in page.main
    assert page.links["更改地点"] == "/change"
    assert page.links["返回"] == "/before"
    assert "第2步，共6步" in page.main
    assert "评过了" in page.main
    assert page.find("td").text == "3"
    assert page.links["下一页"] == "/3"
    assert page.find("input", value="red").get("aria-describedby") == "colour-0-hint"


def test_a_panel_heads_its_page(made):
    app = made({"/done": lambda: render_template_string(PANEL)})
    assert Browser(app).open("/done").h1 == "已收到"


def test_the_desk_shows_who_is_signed_in_and_the_doors_of_that_role(made):
    doors = [door("/", "首页"), door("/intake", "待登记", 12)]
    shown = {"staff": SimpleNamespace(name="周敏"), "desk_nav": doors}
    views = {
        "/": lambda: render_template_string(DESK),
        "/intake": lambda: render_template_string(DESK, sign_out_form=PortalForm(), **shown),
    }
    clerk = Browser(made(views, side="desk"))
    assert "退出" not in clerk.open("/").text
    page = clerk.open("/intake")
    assert "周敏" in page.text
    assert page.links["待登记 12"] == "/intake"
    assert page.find("a", aria_current="page").get("href") == "/intake"


@pytest.mark.parametrize(
    ("name", "limit"), [("site.css", 11_000), ("desk.css", 3_000), ("slip.css", 300)]
)
def test_a_style_sheet_stays_small_and_loads_nothing(name, limit):
    css = (STATIC / name).read_bytes()
    assert len(gzip.compress(css)) <= limit
    assert b"url(" not in css
    assert b"@font-face" not in css
