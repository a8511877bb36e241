"""Names and addresses that others rely on: other programs fill these forms."""

import pytest
from sqlalchemy import MetaData, select

from portal.migrations import schema
from tests.public.released import notice
from tests.public.stories import file_report, look, write_report

FIELDS = {
    "/report": {"own_phone"},
    "/report/matter": {"category"},
    "/report/subject": {"unit", "name", "post", "level", "region"},
    "/report/story": {"story", "place", "happened"},
    "/report/identity": {"mode", "full_name", "phone", "call_me", "contact_note"},
    "/report/own": set(),
    "/report/own/leave": set(),
    "/report/check": {"last_group", "declare"},
    "/track": {"code", "file"},
    "/display": {"size", "contrast"},
    "/notices": {"q", "year", "kind", "area", "mode"},
    "/exit": set(),
}
CATEGORIES = {
    *("subsidy", "village", "land", "bribe", "embezzle", "neglect", "project", "luxury"),
    *("protect", "unsure", "public_service", "post", "own_staff", "other"),
    *("to-wages", "to-neighbour", "to-court", "to-service", "to-petition", "to-crime"),
    "to-appeal",
}
READ = [
    *("/", "/help", "/help/safety", "/help/after", "/privacy", "/accessibility", "/display"),
    *("/report", "/report/helper", "/report/matter", "/report/subject", "/report/story"),
    *("/report/identity", "/report/check", "/report/sent", "/report/not-ours/wages"),
    *("/report/own", "/report/own/leave"),
    *("/report/card", "/report/card?plain=1", "/report/chaxun.txt"),
    *("/track", "/track/case", "/track/case/reply", "/track/case/add", "/track/case/withdraw"),
    *("/track/case/rate", "/track/case/review", "/track/case/claim"),
    *("/exit", "/exit?done=1", "/healthz"),
    *("/notices", "/notices?q=补贴", "/notices/2026-0017", "/clarifications"),
    *("/feed/notices.xml", "/feed/notices.json", "/sitemap.xml", "/robots.txt"),
]


@pytest.mark.parametrize("url", FIELDS)
def test_a_form_has_the_fields_of_the_interface(visitor, url):
    write_report(visitor)
    if url == "/report":
        visitor.press("离开并清除")
    page = visitor.open(url)
    own = [form for form in page.forms if form.action.startswith(url) and url != "/exit"]
    names = set().union(*(form.names for form in own))
    assert names - {"csrf_token"} == FIELDS[url]


def test_the_matter_offers_every_code_of_the_interface(visitor):
    page = visitor.open("/report/matter")
    assert {one.get("value") for one in page.find_all("input", type="radio")} == CATEGORIES


def test_every_address_is_on_the_list(site):
    read = {
        path.partition("?")[0].replace("/wages", "/<kind>").replace("2026-0017", "<number>")
        for path in READ
    }
    rules = {rule.rule: rule.methods for rule in site.url_map.iter_rules()}
    assert {rule for rule, methods in rules.items() if "GET" in methods} - read == {
        "/static/<digest>/<name>"
    }
    assert {rule for rule, methods in rules.items() if "POST" in methods} == {
        *(set(FIELDS) - {"/notices"}),
        "/track/case/reply",
        "/track/case/rate",
        "/track/case/add",
        "/track/case/withdraw",
        "/track/case/review",
        "/track/case/claim",
    }


@pytest.mark.parametrize("who", ["nobody", "writing", "filed", "looking"])
def test_reading_changes_nothing(visitor, house, newsdesk, who):
    newsdesk.release(notice("2026-0017"))
    if who == "writing":
        write_report(visitor)
    elif who != "nobody":
        code = file_report(visitor)
    if who == "looking":
        look(visitor, code)
    before = _everything(house)
    for url in READ:
        visitor.open(url)
    assert _everything(house) == before


def _everything(house):
    tables: list[MetaData] = schema.metadata("public")
    with house.database.reading() as session:
        rows = {
            table.name: sorted(map(repr, session.execute(select(table)).all()))
            for one in tables
            for table in one.sorted_tables
        }
    return rows, house.drafts.names(), house.items.names()
