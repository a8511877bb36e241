import pytest

from portal.public.app import create_app
from portal.public.models.drafts import Draft
from portal.public.models.tracking import TrackingSession
from tests.pages import Browser
from tests.public.stories import file_report, look, rows, write_report
from tests.settings import county


def test_leaving_clears_draft_look_and_cookies(visitor, house):
    look(visitor, file_report(visitor))
    visitor.open("/report")
    visitor.press("自己填")
    write_report(visitor)
    visitor.open("/display")
    visitor.fill(size="large", contrast="high")
    visitor.open("/exit")
    page = visitor.press("清除这部手机上的记录")
    assert page.h1 == "已经清除"
    assert [row.file for row in rows(house, Draft)] == [None]
    assert (house.drafts.names(), rows(house, TrackingSession)) == (set(), [])
    assert "size-large" not in visitor.open("/report/sent").root.get("class", "")
    assert "没有可以显示的内容" in visitor.page.main
    assert "自动退出" in visitor.open("/track/case").main


@pytest.mark.parametrize("https", [True, False])
def test_the_browser_is_asked_to_forget_as_far_as_it_listens(house, tmp_path, https):
    house.settings = county(tmp_path, https=https)
    visitor = Browser(create_app(house))
    token = visitor.open("/exit").value("csrf_token")
    answer = visitor.client.post("/exit", base_url=visitor.origin, data={"csrf_token": token})
    everything = '"cache", "cookies", "storage"'
    assert answer.headers["Clear-Site-Data"] == (everything if https else '"cache"')
    assert visitor.client.get_cookie("public", domain="localhost") is None
    assert visitor.client.get_cookie("__Host-public", domain="localhost") is None


def test_the_button_of_every_confidential_page_clears(visitor, house):
    write_report(visitor)
    visitor.open("/report/story")
    assert visitor.press("离开并清除").h1 == "已经清除"
    assert rows(house, Draft) == []


def test_what_is_not_filed_is_warned_about(visitor):
    assert "找不回来" not in visitor.open("/exit").main
    write_report(visitor)
    assert "没有提交的内容也会删掉，找不回来" in visitor.open("/exit").main


def test_looking_at_the_exit_clears_nothing(visitor, house):
    write_report(visitor)
    visitor.open("/exit")
    assert len(rows(house, Draft)) == 1


def test_another_site_cannot_clear_a_draft(visitor, house):
    write_report(visitor)
    visitor.post("/exit", {"csrf_token": "guessed"}, status=422)
    assert len(rows(house, Draft)) == 1
