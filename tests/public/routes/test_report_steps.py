import pytest
from sqlalchemy import text

from portal.public.models.drafts import Draft
from tests.public.stories import STORY, rows, write_report

STEPS = {
    "matter": {"category": "village"},
    "subject": {
        "unit": "青石村",
        "name": "某会计",
        "post": "会计",
        "region": "柳溪镇",
        "level": "L6",
    },
    "story": {"story": STORY, "place": "村委会", "happened": "去年春天"},
    "identity": {"mode": "anonymous"},
}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_shows_its_number_and_a_way_back(visitor, step):
    page = visitor.open(f"/report/{step}")
    assert f"第{list(STEPS).index(step) + 1}步，共5步" in page.main
    back = visitor.click("返回")
    before = {"matter": "", "subject": "/matter", "story": "/subject", "identity": "/story"}
    assert back.url == f"/report{before[step]}"


@pytest.mark.parametrize("step", STEPS)
def test_what_was_answered_is_shown_again(visitor, step):
    write_report(visitor)
    visitor.open(f"/report/{step}")
    visitor.fill(**STEPS[step])
    page = visitor.open(f"/report/{step}")
    assert {name: page.value(name) for name in STEPS[step]} == STEPS[step]


@pytest.mark.parametrize(
    ("step", "field", "typed", "reason"),
    [
        ("matter", "category", "", "请选一类问题"),
        ("matter", "category", "weather", "请选一类问题"),
        ("subject", "unit", "村" * 201, "最多写200个字，您写了201个字"),
        ("subject", "name", "某" * 51, "最多写50个字，您写了51个字"),
        ("subject", "post", "长" * 101, "最多写100个字，您写了101个字"),
        ("subject", "region", "镇" * 101, "最多写100个字，您写了101个字"),
        ("subject", "level", "L99", "请从下面选一个"),
        ("subject", "unit", "村\0", "不能识别的字符"),
        ("story", "story", "", "请写明反映的问题"),
        ("story", "story", " 　\n\n" * 9, "请写明反映的问题"),
        ("story", "story", "九个字就是不够的啊"[:9], "请至少写10个字"),
        ("story", "story", "𠮷" * 10_001, "您写了10001个字。写不下的，提交后用查询码补充"),
        ("story", "story", STORY + "\0", "不能识别的字符"),
        ("story", "place", "镇" * 201, "最多写200个字，您写了201个字"),
        ("story", "happened", "年" * 201, "最多写200个字，您写了201个字"),
        ("identity", "mode", "", "请选实名或者匿名"),
        ("identity", "mode", "half", "请选实名或者匿名"),
    ],
)
def test_a_refused_answer_comes_back_with_the_reason_and_everything_typed(  # noqa: PLR0917 — fixtures come by name
    visitor, house, step, field, typed, reason
):
    token = visitor.open(f"/report/{step}").value("csrf_token")
    data = {**STEPS[step], field: typed, "csrf_token": token}
    page = visitor.post(f"/report/{step}", data, status=422)
    assert reason in (page.error(field) or "")
    shown = {name: page.value(name) for name in STEPS[step] if name not in {"category", "mode"}}
    wanted = {name: data[name] for name in shown}
    if field == "level":
        wanted["level"] = ""
    # NUL has no place in HTML: a browser shows its replacement.
    assert {name: value.replace("\ufffd", "\0") for name, value in shown.items()} == wanted
    assert rows(house, Draft) == []


@pytest.mark.parametrize(
    "story",
    [
        "一二三四五六七八九十",
        "𠮷" * 10_000,
        "第一行\n第二行还有字",
        "他说\u202e倒着写\u202c的那句话是假的",
    ],
    ids=["ten", "ten thousand", "lines", "bidi"],
)
def test_a_story_of_any_allowed_length_is_kept_as_typed(visitor, story):
    visitor.open("/report/story")
    visitor.fill(story=story)
    assert visitor.open("/report/story").value("story") == story


def test_only_the_line_ends_of_a_story_change(visitor):
    visitor.open("/report/story")
    visitor.fill(story="  第一行，\n\n　第二行。  \n第三行 ")
    assert visitor.open("/report/story").value("story") == "  第一行，\n\n　第二行。  \n第三行 "


@pytest.mark.parametrize("step", STEPS)
def test_an_expired_form_shows_what_was_typed_and_takes_it_when_sent_again(visitor, step):
    visitor.open(f"/report/{step}")
    visitor.client.delete_cookie("__Host-public", domain="localhost")
    page = visitor.fill(status=422, **STEPS[step])
    assert "您写的都在下面，没有丢" in page.text
    assert {name: page.value(name) for name in STEPS[step]} == STEPS[step]
    visitor.press("继续")
    again = visitor.open(f"/report/{step}")
    assert {name: again.value(name) for name in STEPS[step]} == STEPS[step]


def test_an_answer_after_the_drafts_time_is_kept_and_leads_through_what_is_missing(visitor, house):
    visitor.open("/report/matter")
    visitor.fill(category="village")
    visitor.fill(unit="青石村")
    with house.database.writing() as session:
        session.execute(text("UPDATE drafts SET expires_minute = 1"))
    page = visitor.fill(story=STORY)
    assert page.url == "/report/matter"
    assert "您已经写好的都还在" in page.main or "都还在" in page.main
    visitor.fill(category="village")
    visitor.press("继续")
    assert visitor.page.value("story") == STORY
    visitor.press("继续")
    assert "还没有提交" in visitor.fill(mode="anonymous").main


def test_who_returns_after_the_drafts_time_is_told(visitor, house):
    write_report(visitor)
    with house.database.writing() as session:
        session.execute(text("UPDATE drafts SET expires_minute = 1"))
    page = visitor.open("/report/story")
    assert "过了保存时间，已经自动删除" in page.main
    assert page.value("story") == ""


def test_a_step_that_was_skipped_is_asked_for(visitor):
    visitor.open("/report/identity")
    assert visitor.fill(mode="anonymous").url == "/report/matter"
    visitor.fill(category="land")
    visitor.open("/report/identity")
    assert visitor.fill(mode="anonymous").url == "/report/story"


@pytest.mark.parametrize("step", STEPS)
def test_a_change_leads_back_to_the_check(visitor, step):
    write_report(visitor)
    page = visitor.open(f"/report/{step}?back=check")
    assert page.links["返回"] == "/report/check"
    assert visitor.fill(**STEPS[step]).url == "/report/check"


def test_the_exact_category_of_a_campaign_is_taken(visitor):
    token = visitor.open("/report/matter").value("csrf_token")
    visitor.post("/report/matter", {"category": "C05", "csrf_token": token})
    visitor.open("/report/story")
    visitor.fill(story=STORY)
    assert "村集体资金资产资源问题" in visitor.open("/report/check").main


def test_two_tabs_that_answer_different_steps_lose_nothing(visitor):
    visitor.open("/report/matter")
    visitor.fill(category="village")
    story = visitor.open("/report/story").value("csrf_token")
    visitor.open("/report/subject")
    visitor.fill(unit="青石村")
    visitor.post("/report/story", {"story": STORY, "csrf_token": story})
    page = visitor.open("/report/check")
    assert "青石村" in page.main
    assert STORY in page.main


@pytest.mark.parametrize(
    ("step", "typed"), [("story", STORY), ("subject", None)], ids=["words", "nothing"]
)
def test_a_form_of_another_site_is_refused(visitor, house, step, typed):
    token = visitor.open(f"/report/{step}").value("csrf_token")
    answer = visitor.client.post(
        f"/report/{step}",
        base_url="https://localhost",
        data={"story": typed or "", "csrf_token": token},
        headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert rows(house, Draft) == []
