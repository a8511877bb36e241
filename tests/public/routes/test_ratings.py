"""Rating how a report was handled, as a citizen meets it."""

import logging

import pytest
from sqlalchemy import delete, inspect, text

from portal.exchange.kinds import Rating as RatingMessage
from portal.exchange.statements import Statement
from portal.public.domain.derivation import derive_all
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day, spoken_day
from portal.sealing.errors import SealingError
from portal.sealing.ratings import Rating
from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import TrackingCode, draw
from portal.sealing.unseal import open_rating
from tests.public.stories import leave_idle, look, outgoing, rows

COMMENT = "打了三次电话才有人接。\n金丝雀十一号"
GIVEN = {"timely": "4", "attitude": "5", "speed": "2", "site": "3", "solved": "partly"}
MEANT = Rating(timely=4, attitude=5, speed=2, site=3, solved="partly", comment=COMMENT)


@pytest.fixture
def closed(visitor, code, tell):
    """The report was closed, and the citizen has the form open."""
    tell("closed", "已经处理。")
    look(visitor, code)
    return visitor.click("评价办理情况")


def sent(house):
    return [one for one in outgoing(house) if one.kind == "rating"]


def test_nothing_is_preselected_and_the_page_says_who_sees_what(closed):
    names = ("timely", "attitude", "speed", "site", "solved")
    assert {closed.value(name) for name in names} == {""}
    assert closed.main.count("非常不满意") == 4
    assert "只知道您评价过" in closed.main


@pytest.mark.usefixtures("closed")
def test_a_rating_is_acknowledged_by_its_day_and_by_nothing_else(visitor, now):
    page = visitor.fill(**GIVEN, comment=COMMENT)
    today = spoken_day(local_day(now))
    assert page.url == "/track/case"
    assert f"已评价（{today}）" in page.main
    assert f"{today}：评价办理情况" in page.main
    for said in ("基本满意", "部分解决", "三次电话"):
        assert said not in page.text


@pytest.mark.usefixtures("closed")
def test_a_rating_is_sealed_to_the_statistics_key_and_signed_with_the_code(
    visitor, house, code, keyring
):
    visitor.fill(**GIVEN, comment=COMMENT)
    (message,) = sent(house)
    words = message.parts["words"]
    for holder in ("statistics", "recovery"):
        assert open_rating(words, [keyring.identities[holder]]) == MEANT
    for holder in ("intake", "custodian_a", "custodian_b", "desk_transport"):
        with pytest.raises(SealingError):
            open_rating(words, [keyring.identities[holder]])
    keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
    signature = RatingMessage.read(message.data).signature
    assert verify_signature(keys.verify_key, signature, message.parts["statement"])
    statement = Statement.from_bytes(message.parts["statement"])
    assert statement.covers(words)
    assert (statement.case, statement.purpose) == (rows(house, Case)[0].id, "rate")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("only", [{"site": "1"}, {"solved": "unknown"}, {"comment": "谢谢"}])
def test_each_question_may_be_skipped(visitor, house, only):
    assert visitor.fill(**only).url == "/track/case"
    assert len(sent(house)) == 1


@pytest.mark.usefixtures("closed")
def test_a_rating_is_changed_by_another_one(visitor, house, keyring):
    visitor.fill(speed="1")
    page = visitor.click("重新评价")
    assert "原来的不算了" in page.main
    assert page.value("speed") == ""
    visitor.fill(speed="4")
    first, second = sent(house)
    assert len(first.parts["words"]) == len(second.parts["words"])
    opened = {
        open_rating(one.parts["words"], [keyring.identities["statistics"]]) for one in sent(house)
    }
    assert opened == {Rating(speed=1), Rating(speed=4)}


def test_the_same_form_pressed_twice_is_sent_once(visitor, house, closed):
    data = {"once": closed.value("once"), "csrf_token": closed.value("csrf_token"), "site": "5"}
    for _time in range(2):
        visitor.post("/track/case/rate", data)
    assert len(sent(house)) == 1


def test_an_empty_form_is_told_so(visitor, house, closed):
    page = visitor.fill(comment=" \n　", status=422)
    assert "还没有评价" in page.text
    assert page.value("once") == closed.value("once")
    assert sent(house) == []


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("timely", "6", "请从下面选一项"),
        ("speed", "-1", "请从下面选一项"),
        ("solved", "maybe", "请从下面选一项"),
        ("comment", "字" * 501, "您写了501个字"),
        ("comment", "是\0的", "不能识别"),
    ],
)
def test_a_refused_rating_comes_back_with_what_was_chosen(  # noqa: PLR0917 — fixtures come by name
    visitor, house, closed, field, typed, reason
):
    token = closed.value("csrf_token")
    data = {"csrf_token": token, "attitude": "2", "comment": "太慢", field: typed}
    page = visitor.post("/track/case/rate", data, status=422)
    assert reason in (page.error(field) or "")
    assert page.value("attitude") == "2"
    if field != "comment":
        assert page.value("comment") == "太慢"
    assert sent(house) == []


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("typed", ["right", "another"])
def test_a_rating_after_the_look_ended_asks_for_the_code_below_it(visitor, house, code, now, typed):
    leave_idle(visitor, now)
    page = visitor.fill(**GIVEN, comment=COMMENT, status=422)
    assert page.value("comment") == COMMENT
    assert {name: page.value(name) for name in GIVEN} == GIVEN
    assert "还没有发出去" in page.main
    if typed == "right":
        assert "已评价" in visitor.fill(code=code).main
        assert len(sent(house)) == 1
    else:
        assert "三次电话" in visitor.fill(code=draw().digits, status=409).main
        assert sent(house) == []


@pytest.mark.usefixtures("closed")
def test_a_case_that_was_opened_again_meanwhile_is_not_rated(visitor, house, tell):
    tell("under_review", revision=2)
    page = visitor.fill(comment=COMMENT, status=409)
    assert "现在不能评价" in page.main
    assert "三次电话" in page.main
    assert sent(house) == []


@pytest.mark.usefixtures("closed")
def test_a_case_that_was_purged_meanwhile_is_not_rated(visitor, house):
    with house.database.writing() as session:
        session.execute(delete(Submission))
        for row in rows(house, Case):
            session.get_one(Case, row.id).lookup_hash = "gone"
    assert "现在不能评价" in visitor.fill(site="5", status=409).main


def test_nobody_is_asked_to_rate_what_has_not_ended(visitor, code, tell):
    tell("accepted")
    look(visitor, code)
    assert visitor.open("/track/case/rate").url == "/track/case"


def test_without_a_look_the_code_is_asked_for(visitor):
    assert visitor.open("/track/case/rate").url.startswith("/track?over")


def test_a_rating_that_the_site_cannot_take_is_kept(visitor, house, closed, tmp_path):
    (tmp_path / "manifest.json").unlink()
    page = visitor.fill(**GIVEN, status=503)
    assert {name: page.value(name) for name in GIVEN} == GIVEN
    assert page.value("once") == closed.value("once")
    assert sent(house) == []


@pytest.mark.usefixtures("closed")
def test_no_value_lies_in_rows_files_or_logs(visitor, house, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        visitor.fill(**GIVEN, comment=COMMENT)
    kept = rows_of(house.database) + files_of(tmp_path) + caplog.text.encode()
    assert b"'rate'" in kept
    for secret in ("金丝雀十一号", "partly", "timely", "attitude", "solved"):
        assert secret.encode() not in kept


def rows_of(database):
    """Everything in every table, as a dump of the database would have it."""
    with database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = [session.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables]  # noqa: S608 — names of our own tables
    assert "submissions" in tables
    return "\n".join(str(list(row)) for table in rows for row in table).encode()


def files_of(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
