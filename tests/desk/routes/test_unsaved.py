"""Unsaved words on pages: kept by a script or by a button, offered again, dropped, never lost."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain.roles import Role
from portal.desk.models.sessions import StaffSession
from portal.desk.models.unsaved import UnsavedWords
from portal.reference.days import utcnow
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, Newsroom
from tests.desk.routes.test_nothing_in_clear import files_of, found_in, rows_of
from tests.desk.staff import Colleague, hire
from tests.pages import Browser

NEW_TITLE = "写到一半的标题"


class Typing:
    """An editor with a page of a notice open, whose script sends what is typed."""

    def __init__(self, app: Flask, who: Colleague, notice_id: str, page: str = "edit") -> None:
        self.page, self.notice_id = page, notice_id
        self.browser = at_work(app, who, f"/notices/{notice_id}/{page}")
        self.form = self.browser.page.forms[-1]

    def send(self, status: int = 204, **fields: str) -> str:
        words = {**self.form.filled(), **fields}
        address = f"/notices/{self.notice_id}/unsaved/{self.page}"
        headers = {"Origin": self.browser.origin, "Sec-Fetch-Site": "same-origin"}
        answer = self.browser.client.post(
            address, base_url=self.browser.origin, data=words, headers=headers
        )
        assert answer.status_code == status, answer.text
        return answer.text

    def come_back(self) -> Browser:
        self.browser.open(f"/notices/{self.notice_id}/{self.page}")
        return self.browser


def test_words_that_were_not_saved_are_offered_and_gone_on_with(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    typing.send(title=NEW_TITLE, case_0_paragraph="", sheet="呈〔2026〕3号")
    browser = typing.come_back()
    assert "没保存完的文字" in browser.page.h1
    assert f"标题 {NEW_TITLE}" in browser.page.main
    assert "第1起：这一起的段落 （清空了）" in browser.page.main
    assert "呈批件编号 呈〔2026〕3号" in browser.page.main
    assert "摘要" not in browser.page.main
    page = browser.click("接着写")
    assert (page.value("title"), page.value("sheet")) == (NEW_TITLE, "呈〔2026〕3号")
    assert "还没有存成一版" in page.main
    assert newsroom.draft(notice_id) == DRAFT
    browser.fill()
    assert newsroom.draft(notice_id).title == NEW_TITLE
    assert browser.open(f"/notices/{notice_id}/edit").h1 == "改通报的文字"


def test_a_page_that_was_only_looked_at_changes_nothing(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    for page in ("edit", "parties"):
        at_work(app, newsroom.editor, f"/notices/{notice_id}/{page}").fill()
    assert newsroom.notice(notice_id).version == 1
    assert newsroom.draft(notice_id) == DRAFT


def test_words_that_nobody_wants_are_dropped(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    typing.send(title=NEW_TITLE)
    page = typing.come_back().press("丢掉，从第1版写")
    assert page.value("title") == DRAFT.title
    assert typing.come_back().page.h1 == "改通报的文字"


def test_people_who_were_typed_in_come_back_too(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id, "parties")
    typing.send(party_2_name="第三人", party_2_minor="y")
    browser = typing.come_back()
    assert "〔丙〕姓名 第三人" in browser.page.main
    assert "〔丙〕未成年" in browser.page.main
    page = browser.click("接着写")
    assert page.value("party_2_name") == "第三人"
    browser.fill()
    assert newsroom.draft(notice_id).parties[2].minor


def test_people_whom_somebody_else_added_stay(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    first, second = (
        at_work(app, who, f"/notices/{notice_id}/parties")
        for who in (newsroom.editor, newsroom.other_editor)
    )
    first.fill(party_2_name="第三人")
    first.fill(party_4_name="第五人")
    second.fill(status=409, party_3_name="第四人")
    second.press("保存")
    names = [party.name for party in newsroom.draft(notice_id).parties]
    assert names == ["祁山河", "慕容雪", "第四人", "第五人"]


def test_a_page_without_a_script_has_a_button_for_it(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    browser = at_work(app, newsroom.editor, f"/notices/{notice_id}/edit")
    page = browser.fill(press="暂存", title="", region="柳溪")
    assert "还没有存成一版" in page.main
    assert page.value("region") == "柳溪"
    assert newsroom.notice(notice_id).version == 1
    page = browser.fill(press="暂存", title=NEW_TITLE, region="")
    assert page.value("title") == NEW_TITLE
    elsewhere = at_work(app, newsroom.editor, f"/notices/{notice_id}/parties")
    assert elsewhere.fill(press="暂存", party_2_name="第三人").value("party_2_name") == "第三人"
    browser.fill()
    assert newsroom.draft(notice_id).title == NEW_TITLE


def test_a_second_page_of_the_same_editor_is_told_and_keeps_its_words(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    first, second = (Typing(app, newsroom.editor, notice_id) for _page in range(2))
    first.send(title=NEW_TITLE)
    assert "您另外一页上有" in second.send(409, title="另一页写的")
    page = second.browser.fill(status=409, press="暂存", title="另一页写的")
    assert page.value("title") == "另一页写的"
    second.browser.fill(title="另一页写的")
    assert newsroom.draft(notice_id).title == "另一页写的"
    page = first.come_back().page
    assert NEW_TITLE in page.main
    assert "您写的时候是第1版，后来穆云霏保存了第2版" in page.main


def test_a_second_editor_is_told_who_is_writing(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    first = Typing(app, newsroom.editor, notice_id)
    first.send(title=NEW_TITLE)
    second = Typing(app, newsroom.other_editor, notice_id)
    assert "穆云霏正在改这份通报" in second.browser.page.main
    assert "沈临溪" not in second.browser.page.main
    assert "穆云霏正在改这份通报" in second.send(200, title="第二个人写的")
    assert NEW_TITLE not in second.come_back().page.main
    with newsroom.house.database.writing() as session:
        long_ago = utcnow() - timedelta(minutes=16)
        session.execute(update(UnsavedWords).values(at=long_ago))
    assert "穆云霏" not in second.come_back().page.main


def test_who_was_overtaken_while_typing_is_told_at_once_and_on_coming_back(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    newsroom.change(notice_id, summary="先保存的摘要", by=newsroom.other_editor)
    assert "后来沈临溪保存了第2版" in typing.send(200, title=NEW_TITLE)
    browser = typing.come_back()
    assert "后来沈临溪保存了第2版" in browser.page.main
    page = browser.click("接着写")
    assert "后来沈临溪保存了第2版" in page.main
    page = browser.fill(status=409)
    assert page.value("title") == NEW_TITLE
    browser.fill()
    assert newsroom.draft(notice_id).title == NEW_TITLE


def test_words_that_do_not_open_any_more_can_only_be_dropped(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    typing.send(title=NEW_TITLE)
    with newsroom.house.database.writing() as session:
        session.execute(update(UnsavedWords).values(file="gone.sealed"))
    browser = typing.come_back()
    assert "打不开了" in browser.page.main
    assert "接着写" not in browser.page.links
    assert browser.open(f"/notices/{notice_id}/edit?unsaved=1").h1 != "改通报的文字"
    assert browser.press("丢掉，从第1版写").h1 == "改通报的文字"


@pytest.mark.parametrize("spoilt", [{"csrf_token": ""}, {"csrf_token": "x"}])
def test_a_script_without_the_token_of_the_page_is_refused(
    app: Flask, newsroom: Newsroom, spoilt: dict[str, str]
) -> None:
    typing = Typing(app, newsroom.editor, newsroom.begin())
    typing.send(403, title=NEW_TITLE, **spoilt)
    assert typing.come_back().page.h1 == "改通报的文字"


def test_what_cannot_be_kept_is_said(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    typing.send(409, tab="1")
    typing.send(413, intro="长" * 700_000)
    with newsroom.house.database.writing() as session:
        session.merge(newsroom.notice(notice_id)).state = "released"
    assert "已经放行" in typing.send(409, title=NEW_TITLE)
    for button in ("暂存", "保存"):
        page = typing.browser.fill(status=409, press=button, title=NEW_TITLE)
        assert "已经放行" in page.main
        assert page.value("title") == NEW_TITLE
    typing.browser.post(f"/notices/{notice_id}/unsaved/review", typing.form.filled(), 404)
    typing.browser.post(f"/notices/{notice_id}/unsaved/edit/drop", {}, 403)
    newcomer, begun = hire(newsroom.house, "bai.lu", Role.EDITOR), newsroom.begin()
    typing.browser, typing.notice_id = at_work(app, newcomer, "/notices/new"), begun
    token = typing.browser.page.value("csrf_token")
    assert "没有通报密钥" in typing.send(409, csrf_token=token)


def test_no_unsaved_word_lies_in_rows_files_or_logs(
    app: Flask, newsroom: Newsroom, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    notice_id = newsroom.begin()
    canaries = {"title": "金丝雀十三号", "party_2_name": "金丝雀十四号", "said": NEW_TITLE}
    with caplog.at_level(logging.DEBUG):
        typing = Typing(app, newsroom.editor, notice_id)
        typing.send(title=canaries["title"])
        typing.send(title=NEW_TITLE)
        assert NEW_TITLE in typing.come_back().page.main
        people = Typing(app, newsroom.editor, notice_id, "parties")
        people.browser.fill(press="暂存", party_2_name=canaries["party_2_name"])
    stored = rows_of(newsroom.house.database) + files_of(tmp_path) + caplog.text.encode()
    assert notice_id.encode() in stored
    assert found_in(stored, canaries) == []


def test_after_the_session_the_button_gives_the_words_back(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    typing = Typing(app, newsroom.editor, notice_id)
    with newsroom.house.database.writing() as session:
        session.execute(update(StaffSession).values(seen_at=utcnow() - timedelta(minutes=16)))
    assert "登录" in typing.send(403, title=NEW_TITLE)
    browser, editor = typing.browser, newsroom.editor
    browser.fill(status=403, press="暂存", title=NEW_TITLE)
    page = browser.fill(name=editor.name, password=editor.passphrase, code=editor.code())
    assert page.value("title") == NEW_TITLE


@pytest.mark.parametrize(
    ("path", "sends"),
    [("/edit", True), ("/parties", True), ("", False), ("/check", False), ("/print", False)],
)
def test_only_pages_that_are_typed_on_may_send_by_script(
    app: Flask, newsroom: Newsroom, path: str, sends: bool
) -> None:
    notice_id = newsroom.begin()
    page = at_work(app, newsroom.editor, f"/notices/{notice_id}{path}").page
    assert ("connect-src 'self'" in page.headers["Content-Security-Policy"]) is sends
