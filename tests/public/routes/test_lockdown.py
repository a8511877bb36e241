"""The public site in a lockdown: phone and address, wherever words could be typed."""

import pytest

from portal.web import lockdown

PAGES = ("/", "/help", "/report", "/report/story", "/track", "/track/case", "/display", "/nowhere")


@pytest.fixture
def closed(house):
    file = house.settings.instance / lockdown.FILE
    file.write_text("now\n", encoding="ascii")
    return file


@pytest.mark.parametrize("url", PAGES)
def test_every_page_gives_the_phone(visitor, house, closed, url):
    page = visitor.open(url, status=503)
    assert house.settings.body.phone in page.main
    assert {form.action for form in page.forms} <= {"/exit"}


def test_what_was_being_typed_is_not_taken_and_the_draft_stays(visitor, house):
    visitor.open("/report")
    visitor.press("自己填")
    file = house.settings.instance / lockdown.FILE
    file.write_text("now\n", encoding="ascii")
    visitor.fill(category="village", status=503)
    file.unlink()
    visitor.open("/report/matter")
    assert visitor.page.value("category") == ""
    visitor.fill(category="village")


def test_leaving_is_still_possible(visitor, closed):
    assert visitor.open("/exit").h1


def test_machines_are_told(site, house, closed):
    answer = site.test_client().get("/healthz", base_url="https://localhost")
    assert (answer.status_code, answer.text) == (503, "closed: lockdown\n")
    closed.unlink()
    assert site.test_client().get("/healthz", base_url="https://localhost").status_code == 200
