"""From a pasted fragment to a tombstone, on the pages, each step by whom it belongs to."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from portal.desk.models.notices import Notice, NoticeAcceptance, NoticeAlarm
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, NEXT, Newsroom, Pressroom
from tests.pages import Browser

PASTED = (
    "<p class=MsoNormal style='mso-x:1'>经查，<b>祁山河</b>将手机13912345678、"
    "身份证号11010519491231002X交给赵海棠。</p>"
)


def review(app: Flask, newsroom: Newsroom, notice_id: str) -> Browser:
    return at_work(app, newsroom.approver, f"/notices/{notice_id}/review")


def test_from_a_pasted_fragment_to_a_release(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/edit")
    editor.fill(closing=PASTED)
    page = editor.open(f"/notices/{notice_id}/check")
    for text in ("祁山河", "13912345678", "11010519491231002X", "赵海棠"):
        assert text in page.main
    assert "现在还不能放行" in page.main
    editor.press("全部照上面改")
    closing = newsroom.draft(notice_id).closing
    assert "〔甲〕" in closing
    for text in ("祁山河", "13912345678", "11010519491231002X", "赵海棠"):
        assert text not in closing
    editor.press("提交审核")
    own = at_work(app, newsroom.other_editor, f"/notices/{notice_id}")
    assert "待审核" in own.page.main
    assert "1份通报等审核" in own.open("/").main
    approver = review(app, newsroom, notice_id)
    if "照这样写" in approver.page.main:
        count = len(pressroom.verdict(notice_id).unresolved)
        ticks = {f"accept_{n}": True for n in range(count)}
        approver.fill(press="勾选的照这样写", reason="不是姓名", **ticks)
    approver.press("同意这一版")
    approver.open(f"/notices/{notice_id}/publish")
    page = approver.press("放行")
    assert "已放行，还没有送到" in page.main
    assert "编号 2026-0001" in page.main
    assert "复制公布的文字" in page.main
    (document,) = pressroom.documents()
    assert "祁山河" not in document.to_bytes().decode()


def test_one_finding_is_changed_as_the_editor_likes(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newsroom.change(notice_id, closing="<p>电话13912345678。</p>")
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/check")
    page = editor.page
    (number,) = [
        n
        for n, row in enumerate(page.find_all("tr")[1:])
        if "13912345678" in "".join(row.itertext())
    ]
    editor.fill(press=f"改第{number + 1}处", **{f"mask_{number}": "（略）"})  # type: ignore[arg-type]  # by name
    assert newsroom.draft(notice_id).closing == "<p>电话（略）。</p>"


def test_accepting_takes_a_tick_and_a_reason(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(replace(DRAFT, closing="<p>电话13912345678。</p>"))
    pressroom.submit(notice_id)
    approver = review(app, newsroom, notice_id)
    press = "勾选的照这样写"
    page = approver.fill(press=press, status=422, accept_0=True)
    assert page.error("reason") == "请写理由"
    page = approver.fill(press=press, status=422, accept_0=False, reason="公布的电话")
    assert page.error("reason") == "请先勾选可以照这样写的疑点"
    page = approver.fill(press=press, accept_0=True, reason="公布的电话")
    assert "审核人定了照这样写的" in page.main


def test_the_same_tick_again_accepts_no_other_finding(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    phones = "<p>电话13912345678。</p><p>又打过13812345679。</p>"
    notice_id = newsroom.begin(replace(DRAFT, closing=phones))
    pressroom.submit(notice_id)
    approver = review(app, newsroom, notice_id)
    ticked = {"revision": "1", "step": "accept", "accept_0": "y", "reason": "公布的电话"}
    ticked |= {name: approver.page.value(name) for name in ("csrf_token", "found")}
    before = pressroom.verdict(notice_id).unresolved
    approver.post(f"/notices/{notice_id}/review", ticked)
    page = approver.post(f"/notices/{notice_id}/review", ticked, status=409)
    assert "不再是那几处" in page.main
    assert pressroom.verdict(notice_id).unresolved == before[1:]


def test_masks_meant_for_other_findings_are_not_written(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(replace(DRAFT, closing="<p>电话13912345678。</p><p>祁山河。</p>"))
    pressroom.submit(notice_id)
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/check")
    with pressroom.house.database.writing() as session:
        first = pressroom.verdict(notice_id).unresolved[:1]
        notice = session.get_one(Notice, notice_id)
        pressroom.reviewing().accept(session, notice, first, "公布的", NEXT)
    before = newsroom.draft(notice_id)
    assert "不再是那几处" in editor.press("全部照上面改", status=409).main
    assert newsroom.draft(notice_id) == before


def test_what_another_notice_told_points_to_somebody_together(
    app: Flask, pressroom: Pressroom
) -> None:
    pressroom.release()
    notice_id = pressroom.newsroom.begin(replace(DRAFT, title="又一份"))
    page = at_work(app, pressroom.newsroom.editor, f"/notices/{notice_id}/check").page
    assert "2026-0001写过一样的" in page.main


def test_who_wrote_it_decides_nothing(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(by=newsroom.other_editor)
    pressroom.submit(notice_id)
    author = at_work(app, newsroom.other_editor, f"/notices/{notice_id}/review")
    assert "这份通报您起草过" in author.page.main
    token = {"csrf_token": author.page.value("csrf_token")}
    page = author.post(
        f"/notices/{notice_id}/review", {**token, "step": "approve", "revision": "1"}, status=409
    )
    assert "要由没有动过笔的审核人来定" in page.main
    page = author.post(f"/notices/{notice_id}/publish", {**token, "revision": "1"}, status=409)
    assert "要由没有动过笔的审核人来定" in page.main
    assert pressroom.sent() == []


def test_a_return_is_read_by_the_editor_and_the_next_look_is_at_what_changed(
    app: Flask, pressroom: Pressroom
) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    pressroom.submit(notice_id)
    approver = review(app, newsroom, notice_id)
    page = approver.fill(press="退回给编辑", status=422)
    assert page.error("words") == "请写退回的意见"
    approver.fill(press="退回给编辑", words="结尾要写整改")
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}")
    assert "结尾要写整改" in editor.page.main
    assert "1份通报退回，等修改" in editor.open("/").main
    newsroom.change(notice_id, closing="<p>已经整改。</p>")
    pressroom.submit(notice_id)
    page = approver.open(f"/notices/{notice_id}/review")
    assert "第1版审核以后改了什么" in page.main
    assert "已经整改" in "".join("".join(one.itertext()) for one in page.find_all("ins"))


def test_a_page_that_is_too_old_decides_nothing(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    pressroom.submit(notice_id)
    approver = review(app, newsroom, notice_id)
    newsroom.change(notice_id, summary="又改了")
    pressroom.submit(notice_id)
    page = approver.press("同意这一版", status=409)
    assert "有了新的一版" in page.main
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/check")
    newsroom.change(notice_id, closing="<p>电话13912345678。</p>")
    token = {"csrf_token": editor.page.value("csrf_token"), "revision": "1", "step": "all"}
    editor.post(f"/notices/{notice_id}/check", token, status=409)
    editor.post(f"/notices/{notice_id}/submit", token, status=409)
    approver.open(f"/notices/{notice_id}")
    reason = {"csrf_token": token["csrf_token"], "revision": "1", "step": "accept"}
    late = at_work(app, newsroom.approver, f"/notices/{notice_id}/check")
    reason["csrf_token"] = late.page.value("csrf_token")
    page = late.post(f"/notices/{notice_id}/review", reason, status=409)
    assert "现在不在待审核里" in page.main


@pytest.mark.parametrize(
    ("day", "minute"),
    [
        ("明天", "09:00"),
        ("2026-01-05", "09:00"),
        ("2030-02-30", "09:00"),
        ("0001-01-01", "00:00"),
        ("9999-12-31", "23:59"),
    ],
)
def test_a_day_that_does_not_lie_ahead_is_refused(
    app: Flask, pressroom: Pressroom, day: str, minute: str
) -> None:
    notice_id = pressroom.newsroom.begin()
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    approver = at_work(app, pressroom.newsroom.approver, f"/notices/{notice_id}/publish")
    assert approver.fill(day=day, minute=minute, status=422).error("day")
    page = approver.fill(day="2030-01-05", minute="09:00")
    assert "2030-01-05 09:00起显示" in page.main


def test_a_correction_and_then_a_withdrawal(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = pressroom.release()
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}")
    editor.open(f"/notices/{notice_id}/edit", status=409)
    editor.open(f"/notices/{notice_id}")
    editor.click("更正")
    assert editor.fill(why="", status=422).error("why") == "请写为什么更正"
    page = editor.fill(why="日期写错")
    assert page.value("correcting") == "日期写错"
    editor.fill(closing="已经整改。")
    pressroom.go_out(notice_id)
    assert pressroom.documents()[1].corrections[0].why == "日期写错"
    approver = at_work(app, newsroom.approver, f"/notices/{notice_id}")
    approver.click("撤回")
    assert approver.fill(reason="", status=422).error("reason") == "请写为什么撤回"
    assert "疑点" in approver.fill(reason="泄露了13912345678", status=409).main
    page = approver.fill(reason="事实有误")
    assert "已撤回" in page.main
    assert pressroom.documents()[2].reason == "事实有误"
    editor.open(f"/notices/{notice_id}/correct")
    assert "还没有放行，或者已经撤回" in editor.fill(why="再改", status=409).main


def test_the_check_tells_what_points_to_somebody(app: Flask, newsroom: Newsroom) -> None:
    case = DRAFT.cases[0]
    pointing = replace(case, unit="柳溪镇石桥村", paragraph="<p>收受31257.40元。</p>")
    notice_id = newsroom.begin(replace(DRAFT, cases=(pointing,)))
    page = at_work(app, newsroom.editor, f"/notices/{notice_id}/check").page
    assert "不写姓名也可能认出是谁" in page.main
    assert "某村" in page.main
    assert "写成“3万余元”" in page.main


def test_a_difference_and_a_reminder_are_told_on_the_first_page(
    app: Flask, pressroom: Pressroom
) -> None:
    notice_id = pressroom.release()
    with pressroom.house.database.writing() as session:
        session.add(NoticeAlarm(notice_id=notice_id, what="missing", on=NEXT.date()))
        session.add_all(
            NoticeAlarm(notice_id=f"{n:032x}", what="foreign", on=NEXT.date()) for n in range(2)
        )
        session.get_one(Notice, notice_id).review_on = NEXT.date()
    approver = at_work(app, pressroom.newsroom.approver, "/")
    assert "3份通报，公开网站显示的和放行的不一样" in approver.page.main
    assert "1份通报的处分影响期已满" in approver.page.main
    page = approver.open("/notices")
    assert f"{DRAFT.title}：放行了，公开网站没有显示" in page.main
    assert "公开网站显示了2份这里没有起草过的" in page.main
    assert "处分影响期已满" in page.main


@pytest.mark.parametrize("part", ["check", "review"])
def test_a_damaged_reason_is_said_and_breaks_no_page(
    app: Flask, pressroom: Pressroom, part: str
) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(replace(DRAFT, closing="<p>请打13912345678。</p>"))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    with newsroom.house.database.reading() as session:
        file = session.scalars(select(NoticeAcceptance.file)).first()
    (newsroom.house.items.folder / str(file)).write_bytes(b"damaged")
    browser = at_work(app, newsroom.approver, f"/notices/{notice_id}")
    page = browser.open(f"/notices/{notice_id}/{part}", status=409)
    assert "密封内容坏了" in page.main
