import pytest

from portal.public.models.drafts import Draft
from portal.reference.vocabulary import vocabulary
from tests.public.stories import STORY, file_report, outgoing, rows, write_report


def test_the_start_page_says_how_to_stay_safe_and_asks_who_types(visitor):
    page = visitor.open("/report")
    assert "不要用单位的电脑" in page.main
    assert visitor.press("自己填").url == "/report/matter"


def test_a_helper_is_told_what_to_take_care_of(visitor, house):
    visitor.open("/report")
    page = visitor.press("帮别人填")
    assert "代录" in page.h1
    assert "查询码只交给他本人" in page.main
    assert visitor.click("继续").url == "/report/matter"
    assert rows(house, Draft) == []


def test_nothing_is_stored_before_the_first_answer(visitor, house):
    visitor.open("/report")
    visitor.press("自己填")
    assert rows(house, Draft) == []
    assert house.drafts.names() == set()


def test_a_draft_that_was_left_is_offered_without_showing_it(visitor):
    write_report(visitor, unit="青石村")
    page = visitor.open("/report")
    for typed in (STORY, "青石村", "补贴"):
        assert typed not in page.text
    assert "有一份没写完的内容" in page.main
    assert visitor.click("接着写").url == "/report/check"


def test_a_draft_without_a_story_goes_on_at_the_story(visitor):
    visitor.open("/report/matter")
    visitor.fill(category="land")
    visitor.open("/report")
    assert visitor.click("接着写").url == "/report/story"


def test_a_draft_can_be_cleared_from_the_start_page(visitor, house):
    write_report(visitor)
    visitor.open("/report")
    page = visitor.press("清除")
    assert page.url == "/report"
    assert "自己填" in page.main
    assert rows(house, Draft) == []
    assert house.drafts.names() == set()


def test_clearing_what_is_not_there_does_nothing(visitor):
    token = visitor.open("/report").value("csrf_token")
    assert visitor.post("/report", {"csrf_token": token, "draft": "discard"}).url == "/report"


def test_beginning_again_does_not_lose_a_draft(visitor):
    write_report(visitor)
    token = visitor.open("/report").value("csrf_token")
    visitor.post("/report", {"csrf_token": token, "who": "self"})
    assert visitor.open("/report/story").value("story") == STORY


def test_another_report_begins_after_one_was_filed(visitor, house):
    file_report(visitor)
    visitor.open("/report")
    visitor.press("自己填")
    assert visitor.page.value("category") == ""
    file_report(visitor, "另外一件事：镇里的车天天接送孩子上学。")
    assert len(outgoing(house)) == 2


@pytest.mark.parametrize("own_phone", [True, False])
def test_the_cookie_outlasts_the_browser_only_on_ones_own_phone(visitor, house, own_phone):
    visitor.open("/report")
    visitor.fill(own_phone=own_phone, press="自己填")
    write_report(visitor)
    cookie = visitor.client.get_cookie("__Host-public", domain="localhost")
    assert (cookie.max_age == 86_400) is own_phone
    assert rows(house, Draft)[0].kept_long is own_phone
    assert cookie.secure
    assert cookie.http_only


@pytest.mark.parametrize("other", vocabulary().not_ours, ids=lambda one: one.code)
def test_what_belongs_elsewhere_is_told_where_and_nothing_is_stored(visitor, house, other):
    visitor.open("/report/matter")
    page = visitor.fill(category=other.code)
    assert page.url == f"/report/not-ours/{other.kind}"
    assert "什么也没有保存" in page.main
    assert "如果有下面的情况，归我们管" in page.main
    assert rows(house, Draft) == []
    assert visitor.click("有这些情况，我要继续反映").url == "/report/matter"


def test_what_belongs_elsewhere_leaves_a_draft_alone_and_says_so(visitor):
    write_report(visitor)
    visitor.open("/report/matter")
    page = visitor.fill(category="to-wages")
    assert "您前面写的还在" in page.main
    assert "什么也没有保存" not in page.main
    assert visitor.open("/report/matter").value("category") == "subsidy"


def test_a_matter_of_nobody_does_not_exist(visitor):
    visitor.open("/report/not-ours/weather", status=404)


def test_a_start_page_that_stood_open_too_long_is_sent_again(visitor, house):
    page = visitor.open("/report")
    visitor.client.delete_cookie("__Host-public", domain="localhost")
    page = visitor.press("自己填", status=422)
    assert "页面过期了" in page.text
    assert visitor.press("自己填").url == "/report/matter"
