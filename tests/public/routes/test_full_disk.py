"""Drafts in masses fill the disk up to a line: who has begun goes on, who has written files."""

import shutil
from dataclasses import replace

from portal.public.domain.admission import MIB
from portal.public.models.cases import Case
from tests.pages import Browser
from tests.public.stories import STORY, code_on, rows, write_report


def leave(house, times: float) -> None:
    """Let so many times the reserve be free on the disk."""
    free = shutil.disk_usage(house.drafts.folder).free / MIB
    service = replace(house.settings.service, reserve_mib=int(free / times))
    house.settings = replace(house.settings, service=service)


def test_nobody_begins_where_who_has_begun_goes_on(visitor, site, house):
    visitor.open("/report/matter")
    visitor.fill(category="village")
    leave(house, 1.75)
    for page in ("/report", "/report/matter", "/report/story"):
        assert Browser(site).open(page, status=503).h1 == "网上填写暂时停用"
    assert visitor.open("/report").status == 200
    visitor.open("/report/story")
    assert visitor.fill(story=STORY).url == "/report/identity"


def test_whoever_has_written_files_when_no_draft_may_grow(visitor, house):
    code = code_on(write_report(visitor))
    leave(house, 1.25)
    visitor.open("/report/story", status=503)
    visitor.open("/report/check")
    assert visitor.fill(last_group=code[-4:], declare=True).url == "/report/sent"
    assert len(rows(house, Case)) == 1


def test_a_story_that_finds_no_room_stays_on_the_page(visitor, house):
    visitor.open("/report/matter")
    visitor.fill(category="village")
    visitor.open("/report/story")
    leave(house, 1.25)
    page = visitor.fill(story=STORY, status=503)
    assert page.value("story") == STORY
