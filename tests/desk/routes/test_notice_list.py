"""The first page and /notices: each sees the own work first, and what is empty says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from portal.reference.days import utcnow
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, Newsroom, Pressroom
from tests.page_parts import Page, words


def headings(page: Page) -> list[str]:
    return [words(one) for one in (*page.find_all("caption"), *page.find_all("h2"))]


@pytest.mark.parametrize(
    ("who", "lists"),
    [
        ("editor", ["退回，等修改", "正在写"]),
        ("approver", ["等审核", "同意了，等放行"]),
        ("other_editor", ["等审核", "同意了，等放行", "退回，等修改", "正在写"]),
    ],
)
def test_each_first_page_has_the_lists_of_its_person(
    app: Flask, newsroom: Newsroom, who: str, lists: list[str]
) -> None:
    page = at_work(app, getattr(newsroom, who), "/").page
    watched = ["处分影响期已满，请看还要不要显示", "定了时间，到时候显示"]
    assert headings(page) == [*lists, *watched]
    assert page.main.count("现在没有。") == len(lists) + 2
    assert "您的角色不办举报" not in page.main


def test_work_moves_from_one_first_page_to_the_other(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    editor = at_work(app, newsroom.editor, "/")
    approver = at_work(app, newsroom.approver, "/")
    assert editor.page.links["青岚县纪委监委通报1起典型问题"] == f"/notices/{notice_id}"
    assert "1份通报正在写" in editor.page.main
    pressroom.submit(notice_id)
    assert "0份通报正在写" in editor.open("/").main
    assert "1份通报等审核" in approver.open("/").main
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    assert "1份通报等放行" in approver.open("/").main
    pressroom.publish(notice_id, not_before=utcnow() + timedelta(days=2), now=utcnow())
    for browser in (editor, approver):
        assert "1份通报定了时间" in browser.open("/").main
        assert "起显示" in browser.page.main


def test_who_wrote_it_is_told_that_somebody_else_decides(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(by=newsroom.other_editor)
    pressroom.submit(notice_id)
    for address in ("/", "/notices"):
        page = at_work(app, newsroom.other_editor, address).page
        assert "您起草过，要由别人审核" in page.main
        assert "您起草过" not in at_work(app, newsroom.approver, address).page.main


def test_an_empty_newsroom_says_so(app: Flask, newsroom: Newsroom) -> None:
    assert "还没有通报。" in at_work(app, newsroom.editor, "/notices").page.main


def test_the_approver_reads_what_lists_and_filters_will_say(
    app: Flask, pressroom: Pressroom
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, area="A16", region="990001"))
    pressroom.submit(notice_id)
    approver = at_work(app, pressroom.newsroom.approver)
    for part in ("", "/review", "/print"):
        page = approver.open(f"/notices/{notice_id}{part}")
        assert "群众身边不正之风和腐败问题典型案例" in page.main
        assert "柳溪镇" in page.main
    pressroom.newsroom.change(notice_id, region="990002")
    assert "990002" in approver.open(f"/notices/{notice_id}").main
