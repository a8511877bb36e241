"""When the site cannot take a form, it says so with every word still there."""

import errno
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from portal.public.models.cases import Case
from portal.slots import Slots
from tests.public.stories import STORY, code_on, outgoing, rows, write_report

PHONE = "0990-1238800"


@pytest.fixture(params=["missing", "expired", "tampered", "older", "disk"])
def closed(  # noqa: PLR0917 — fixtures come by name
    request, house, keyring, tmp_path, now, visitor
):
    """Close the house; every way of it."""

    def close():
        path = tmp_path / "manifest.json"
        moment = now.replace(microsecond=0)
        if request.param == "missing":
            path.unlink()
        elif request.param == "expired":
            keyring.write(path, moment, version=4, not_after=moment)
        elif request.param == "tampered":
            path.write_bytes(path.read_bytes().replace(b"intake-1", b"intake-9"))
        elif request.param == "older":
            house.manifest.current(now)
            keyring.write(path, moment, version=2, peppers=("pepper-2",))
        else:
            service = replace(house.settings.service, reserve_mib=10**9)
            house.settings = replace(house.settings, service=service)

    return close


@pytest.mark.parametrize("step", ["", "/matter", "/subject", "/story", "/identity", "/check"])
def test_a_closed_house_lets_nobody_begin_and_names_phone_and_address(visitor, closed, step):
    closed()
    page = visitor.open(f"/report{step}", status=503)
    assert page.h1 == "网上填写暂时停用"
    assert PHONE in page.main
    assert "青岚县柳溪镇清风路1号" in page.main


def test_what_was_typed_when_the_house_closed_is_shown(visitor, closed):
    visitor.open("/report/story")
    closed()
    page = visitor.fill(story=STORY, place="柳溪镇", status=503)
    assert (page.value("story"), page.value("place")) == (STORY, "柳溪镇")
    assert f"请打电话{PHONE}" in page.text


def test_a_last_press_when_the_house_closed_can_be_repeated(visitor, house, closed):
    code = code_on(write_report(visitor))
    closed()
    page = visitor.fill(last_group=code[-4:], declare=True, status=503)
    assert page.h1 == "还没有提交成功"
    assert page.value("last_group") == code[-4:]
    assert rows(house, Case) == []


def test_pages_that_take_nothing_stay_open(visitor, closed):
    closed()
    for url in ("/", "/track", "/report/sent", "/report/not-ours/wages", "/exit"):
        visitor.open(url)


def test_too_many_people_at_once_is_told_with_the_code_kept(visitor, house):
    house.tracking_slots = Slots(at_once=1, queue=0)
    visitor.open("/track")
    with house.tracking_slots.taken():
        page = visitor.fill(code="831720549961037854612093"[:20], status=503)
    assert "现在人多" in page.text
    assert page.value("code") == "83172054996103785461"
    assert visitor.press("查询").url == "/track/case"


def test_filing_waits_its_turn_and_then_is_repeated_with_one_press(visitor, house):
    house.filing_slots = Slots(at_once=1, queue=0)
    code = code_on(write_report(visitor))
    with house.filing_slots.taken():
        visitor.fill(last_group=code[-4:], declare=True, status=503)
    assert visitor.press("提交").h1 == "已收到"
    assert len(rows(house, Case)) == 1


def _fail_with(error):
    def fail(*_given, **_named):
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "full"), 503),
        (OSError(errno.EIO, "broken"), 500),
        (OperationalError("statement", {}, Exception("locked")), 503),
        (ZeroDivisionError(), 500),
    ],
    ids=["disk full", "disk broken", "database", "mistake of ours"],
)
def test_words_survive_whatever_fails(visitor, house, monkeypatch, error, status):
    visitor.open("/report/story")
    monkeypatch.setattr(house.drafts, "put", _fail_with(error))
    page = visitor.fill(story=STORY, status=status)
    assert page.value("story") == STORY
    assert "还没有保存" in page.text
    monkeypatch.undo()
    assert visitor.press("继续").url == "/report/matter"
    assert visitor.open("/report/story").value("story") == STORY


@pytest.fixture
def commits_fail(house):
    """Let every commit of the house fail, as a disk does that fills up just then."""

    def fail(_connection):
        raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    event.listen(house.database.engine, "commit", fail)
    yield
    event.remove(house.database.engine, "commit", fail)


def test_words_survive_a_commit_that_fails(visitor, house, request):
    visitor.open("/report/story")
    request.getfixturevalue("commits_fail")
    page = visitor.fill(story=STORY, status=503)
    assert page.value("story") == STORY
    assert house.drafts.names() == set()


def test_a_last_press_whose_commit_fails_files_nothing_and_tells_it(visitor, house, request):
    code = code_on(write_report(visitor))
    request.getfixturevalue("commits_fail")
    page = visitor.fill(last_group=code[-4:], declare=True, status=503)
    assert page.h1 == "还没有提交成功"
    assert page.value("last_group") == code[-4:]
    assert (rows(house, Case), outgoing(house)) == ([], [])
    assert house.outbox._store.names() == set()


def test_a_failing_page_without_a_form_is_an_error_page(visitor, house, monkeypatch):
    monkeypatch.setattr(house, "admit", _fail_with(ZeroDivisionError()))
    assert visitor.open("/report/story", status=500).h1 == "网站出错了"


def test_a_body_that_is_too_large_is_refused_plainly(visitor):
    visitor.open("/report/story")
    page = visitor.post("/report/story", {"story": "字" * 90_000}, status=413)
    assert "太大" in page.h1


def test_sixty_thousand_characters_come_back_with_the_reason(visitor, house):
    """Pasted with everything around it: too long to take, and not to be lost."""
    visitor.open("/report/story")
    pasted = "账目两年没有公开。\U00020bb7" * 6000
    page = visitor.fill(story=pasted, status=422)
    assert page.value("story") == pasted
    assert "10,000" in (page.error("story") or "") or "10000" in (page.error("story") or "")
