"""/deputies: named with a fresh proof, at work for some days, and shown wherever they decided."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain import deputies
from portal.desk.domain.roles import Permission, Role
from portal.desk.models.audit import AuditEntry
from portal.desk.models.deputies import Deputyship
from portal.desk.models.notices import NoticeAcceptance, NoticeRelease, NoticeReview
from portal.desk.models.people import Person
from portal.desk.models.sessions import StaffSession
from portal.reference.days import local_day, utcnow
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, Newsroom, Pressroom
from tests.desk.staff import Colleague
from tests.desk.test_access import MAY, ROUTES

PHONE = "<p>联系电话13912345678。</p>"


def name(newsroom: Newsroom, deputy: Colleague, *, by: Colleague | None = None) -> str:
    now = utcnow()
    today = local_day(now)
    with newsroom.house.database.writing() as session:
        return deputies.name(
            session,
            (by or newsroom.approver).id,
            deputy.id,
            since=today,
            until=today + timedelta(days=3),
            reason="出差",
            now=now,
        ).id


def by_another(pressroom: Pressroom) -> str:
    """A notice that waits, and that the editor who deputises did not write."""
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(DRAFT, by=newsroom.other_editor)
    newsroom.change(notice_id, intro=PHONE, by=newsroom.other_editor)
    pressroom.submit(notice_id)
    return notice_id


def test_an_approver_names_a_deputy_and_ends_it(app: Flask, newsroom: Newsroom) -> None:
    approver = at_work(app, newsroom.approver, "/notices")
    approver.click("代审核")
    assert "没有请过人代审核" in approver.page.main
    approver.click("请人代审核")
    today = local_day(utcnow())
    days = {"since": today.isoformat(), "until": (today + timedelta(days=3)).isoformat()}
    page = approver.fill(status=422)
    assert page.error("deputy") == "请选一位同事"
    assert page.error("reason") == "请写为什么"
    page = approver.fill(
        status=422, deputy=newsroom.editor.id, since="明天", until="", reason="出差"
    )
    assert page.error("since") == "日期请这样填：2026-12-31"
    assert page.value("reason") == "出差"
    page = approver.fill(status=422, since=days["until"], until=days["since"])
    assert "最后一天不能早于第一天" in (page.error("until") or "")
    page = approver.fill(**days)  # type: ignore[arg-type]  # by name
    assert "穆云霏代江晚照" in page.main
    assert "正在代审核" in page.main
    approver.open("/deputies/new")
    page = approver.fill(status=422, deputy=newsroom.editor.id, reason="休假", **days)
    assert "已经请了人代审核" in (page.error("since") or "")
    approver.open("/deputies/new")
    typed = {"deputy": newsroom.other_approver.id, "reason": "休假", **days}
    token = {"csrf_token": approver.page.value("csrf_token")}
    page = approver.post("/deputies/new", {**token, **typed}, status=422)
    assert "现在不能代审核" in (page.error("deputy") or "")
    approver.open("/deputies")
    page = approver.press("提前结束 穆云霏代江晚照")
    assert "提前结束" in page.main
    assert "正在代审核" not in page.main
    with newsroom.house.database.reading() as session:
        query = select(AuditEntry.act).order_by(AuditEntry.n)
        acts = [one for one in session.scalars(query) if one.startswith("deputy-")]
        assert acts == ["deputy-named", "deputy-ended"]


def test_naming_asks_again_who_is_there(app: Flask, newsroom: Newsroom) -> None:
    approver = at_work(app, newsroom.approver, "/deputies/new")
    with newsroom.house.database.writing() as session:
        session.execute(update(StaffSession).values(proven_at=utcnow() - timedelta(minutes=6)))
    today = local_day(utcnow()).isoformat()
    chosen = {"deputy": newsroom.editor.id, "since": today, "until": today, "reason": "出差"}
    page = approver.fill(status=422, **chosen)
    assert page.error("password") == "请再填一次口令和动态码"
    me = newsroom.approver
    page = approver.fill(password=me.passphrase, code=me.code())
    assert "正在代审核" in page.main


def test_a_deputy_decides_and_every_decision_says_for_whom(
    app: Flask, pressroom: Pressroom
) -> None:
    newsroom = pressroom.newsroom
    notice_id = by_another(pressroom)
    editor = at_work(app, newsroom.editor, "/notices")
    editor.open(f"/notices/{notice_id}/review", status=403)
    name(newsroom, newsroom.editor)
    assert "您现在代江晚照审核通报" in editor.open("/notices").main
    assert "1份通报等审核" in editor.open("/").main
    page = editor.open(f"/notices/{notice_id}/review")
    assert "您现在代江晚照审核" in page.main
    ticks = {f"accept_{n}": True for n in range(len(pressroom.verdict(notice_id).unresolved))}
    page = editor.fill(press="勾选的照这样写", reason="公布的电话", **ticks)
    assert "公布的电话（穆云霏（代江晚照））" in page.main
    editor.press("同意这一版")
    assert "穆云霏（代江晚照）已经同意这一版" in editor.open(f"/notices/{notice_id}/review").main
    editor.open(f"/notices/{notice_id}/publish")
    page = editor.press("放行")
    assert "第2版同意：穆云霏（代江晚照）" in page.main
    assert "第1次放行（第2版）：穆云霏（代江晚照）" in page.main
    with newsroom.house.database.reading() as session:
        for kind in (NoticeAcceptance, NoticeReview, NoticeRelease):
            assert set(session.scalars(select(kind.deputy_for))) == {newsroom.approver.id}
        acted = select(AuditEntry.target).where(AuditEntry.act == "deputy-acted")
        assert list(session.scalars(acted)) == [newsroom.approver.id] * 3


def test_a_deputy_never_decides_about_what_they_wrote(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    pressroom.submit(notice_id)
    name(newsroom, newsroom.editor)
    deputy = at_work(app, newsroom.editor, f"/notices/{notice_id}/review")
    assert "这份通报您起草过" in deputy.page.main
    token = {"csrf_token": deputy.page.value("csrf_token"), "revision": "1"}
    for part, step in (("review", "approve"), ("publish", "")):
        address = f"/notices/{notice_id}/{part}"
        page = deputy.post(address, {**token, "step": step}, status=409)
        assert "要由没有动过笔的审核人来定" in page.main
    assert pressroom.sent() == []


def test_a_deputy_never_decides_about_what_their_approver_wrote(
    app: Flask, pressroom: Pressroom
) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(DRAFT, by=newsroom.other_editor)
    pressroom.submit(notice_id)
    name(newsroom, newsroom.editor, by=newsroom.other_editor)
    deputy = at_work(app, newsroom.editor, f"/notices/{notice_id}/review")
    assert "这份通报您代的" in deputy.page.main
    token = {"csrf_token": deputy.page.value("csrf_token"), "revision": "1"}
    for part, step in (("review", "accept"), ("review", "approve"), ("publish", "")):
        address = f"/notices/{notice_id}/{part}"
        page = deputy.post(address, {**token, "step": step}, status=409)
        assert "要由没有动过笔的审核人来定" in page.main
    assert pressroom.sent() == []


def test_a_deputy_names_no_deputy(app: Flask, newsroom: Newsroom) -> None:
    deputyship = name(newsroom, newsroom.editor)
    deputy = at_work(app, newsroom.editor, "/deputies")
    assert "请人代审核" not in deputy.page.links
    token = {"csrf_token": deputy.open("/account/passphrase").value("csrf_token")}
    deputy.open("/deputies/new", status=403)
    deputy.post("/deputies/new", token, status=403)
    deputy.post(f"/deputies/{deputyship}/end", token, status=403)


def test_a_deputy_goes_where_editors_go_and_where_notices_are_approved(
    app: Flask, newsroom: Newsroom
) -> None:
    name(newsroom, newsroom.editor)
    deputy = at_work(app, newsroom.editor, "/account")
    token = {"csrf_token": deputy.page.value("csrf_token")}
    headers = {"Origin": deputy.origin, "Sec-Fetch-Site": "same-origin"}
    for (method, rule), permission in ROUTES.items():
        if permission is None:
            continue
        may = Role.EDITOR in MAY[permission] or permission == Permission.APPROVE
        address = re.sub(r"<[^>]+>", "x", rule)
        answer = deputy.client.open(
            address, method=method, base_url=deputy.origin, data=token, headers=headers
        )
        assert (answer.status_code != 403) is may, (method, rule)


@pytest.mark.parametrize("over", [True, False])
def test_outside_their_days_a_deputy_decides_nothing(
    app: Flask, pressroom: Pressroom, *, over: bool
) -> None:
    newsroom = pressroom.newsroom
    notice_id = by_another(pressroom)
    name(newsroom, newsroom.editor)
    deputy = at_work(app, newsroom.editor, f"/notices/{notice_id}/review")
    token = {"csrf_token": deputy.page.value("csrf_token"), "revision": "2", "step": "approve"}
    with newsroom.house.database.writing() as session:
        today = local_day(utcnow())
        moved = timedelta(days=-9 if over else 9)
        days = {"since": today + moved, "until": today + moved}
        session.execute(update(Deputyship).values(**days))
    for part in ("review", "publish", "withdraw"):
        deputy.open(f"/notices/{notice_id}/{part}", status=403)
        deputy.post(f"/notices/{notice_id}/{part}", token, status=403)
    assert pressroom.sent() == []


def test_unknown_ones_and_old_forms_do_no_harm(app: Flask, newsroom: Newsroom) -> None:
    deputyship = name(newsroom, newsroom.editor)
    approver = at_work(app, newsroom.other_approver, "/deputies")
    approver.post(f"/deputies/{deputyship}/end", {"csrf_token": "old"}, status=422)
    token = {"csrf_token": approver.page.value("csrf_token")}
    approver.post("/deputies/unknown/end", token, status=404)
    for _time in range(2):
        approver.post(f"/deputies/{deputyship}/end", token)
    assert "陆秋白" in approver.open("/deputies").main


def test_without_anybody_to_name_the_page_says_what_to_do(app: Flask, newsroom: Newsroom) -> None:
    with newsroom.house.database.writing() as session:
        editor = session.get_one(Person, newsroom.editor.id)
        editor.active = False
    page = at_work(app, newsroom.approver, "/deputies/new").page
    assert "现在没有可以代审核的同事" in page.main
