"""/notices/<id>/consents: recorded by one, seen by another, taken back at any time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.roles import Role
from portal.desk.models.notice_consents import NoticeConsent
from portal.reference.days import local_day, utcnow
from tests.desk.casework import at_work
from tests.desk.cleared import CLEARING, CONSENT, NAMING, agree, out
from tests.desk.newsroom import DRAFT, Newsroom, Pressroom
from tests.desk.staff import hire
from tests.pages import Browser

TODAY = local_day(utcnow())
UNTIL = TODAY + timedelta(days=90)
DRAFTED = replace(CLEARING, expires_on=UNTIL.isoformat())
TYPED = {
    "party": "甲",
    "on": TODAY.isoformat(),
    "form": "transcript",
    "paper": "青纪澄〔2026〕5号",
    "taken_by": "穆云霏、沈临溪",
    "may_name": "no",
    "until": UNTIL.isoformat(),
}


def consents_of(app: Flask, newsroom: Newsroom, notice_id: str) -> Browser:
    return at_work(app, newsroom.editor, f"/notices/{notice_id}/consents")


def test_a_consent_is_recorded_and_seen_at_the_review(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(DRAFTED)
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/check")
    assert "澄清正名要先登记当事人的同意" in editor.page.main
    page = editor.click("当事人的同意")
    assert "还没有登记当事人的同意" in page.main
    page = editor.fill(**TYPED)  # type: ignore[arg-type]  # by name
    for words in (
        "〔甲〕顾长河",
        "当面笔录",
        "不写姓名",
        "青纪澄〔2026〕5号",
        "穆云霏、沈临溪征求",
    ):
        assert words in page.main
    editor.open(f"/notices/{notice_id}/check")
    assert "登记当事人的同意" not in editor.page.main
    editor.press("提交审核")
    page = at_work(app, newsroom.approver, f"/notices/{notice_id}/review").page
    assert "青纪澄〔2026〕5号" in page.main
    assert "登记撤回" not in page.main


def test_mistakes_come_back_beside_the_field_with_the_text_kept(
    app: Flask, newsroom: Newsroom
) -> None:
    editor = consents_of(app, newsroom, newsroom.begin(DRAFTED))
    page = editor.fill(status=422)
    for field, reason in {
        "party": "请选是谁同意的",
        "on": "请填哪天，例如 2026-11-20",
        "paper": "请写材料的编号",
        "taken_by": "请写谁去征求的",
        "may_name": "请选能不能写姓名",
        "until": "请填最后一天，例如 2027-11-20",
    }.items():
        assert page.error(field) == reason
    page = editor.fill(status=422, **{**TYPED, "on": "2026年11月20日", "until": "明年"})
    assert page.error("on") == page.error("until") == "日期请这样填：2026-12-31"
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
    wrong = {**TYPED, "on": tomorrow.isoformat(), "until": yesterday.isoformat()}
    page = editor.fill(status=422, **wrong)
    assert page.error("on") == "这一天还没有到"
    assert page.error("until") == "这一天已经过去，同意已经到期"
    assert page.value("paper") == "青纪澄〔2026〕5号"
    token = {"csrf_token": page.value("csrf_token")}
    page = editor.post(page.url, {**TYPED, **token, "party": "乙"}, status=422)
    assert page.error("party") == "人员表改过了，请再选一次"


def test_a_consent_that_the_page_did_not_show_is_not_approved(
    app: Flask, pressroom: Pressroom
) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(DRAFTED)
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    approver = at_work(app, newsroom.approver, f"/notices/{notice_id}/review")
    agree(pressroom, notice_id, replace(CONSENT, until=UNTIL))
    assert "不再是那几处" in approver.press("同意这一版", status=409).main
    approver.press("同意这一版")
    assert "同意：江晚照" in approver.page.main


def test_a_consent_that_is_taken_back_is_an_alarm(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    consent = replace(CONSENT, until=UNTIL)
    notice_id = out(pressroom, DRAFTED, consent)
    approver = at_work(app, newsroom.approver, f"/notices/{notice_id}")
    approver.click("当事人的同意")
    assert "登记同意" not in approver.page.main
    approver.click("登记撤回〔甲〕")
    assert approver.fill(status=422).error("words") == "请写哪天、怎么撤回的"
    page = approver.fill(words="本人来电话")
    assert "已撤回：本人来电话（江晚照登记" in page.main
    assert "这份澄清不能再显示" in page.main
    assert "1份澄清不能再显示" in approver.open("/").main
    page = approver.open("/notices")
    assert "有澄清不能再显示" in page.main
    assert "当事人的同意已经撤回" in page.main
    approver.click("为顾某某同志澄清正名")
    assert "请审核人马上撤回，或者更正" in approver.page.main
    approver.click("撤回")
    approver.fill(reason="当事人不再同意公开")
    assert "有澄清不能再显示" not in approver.open("/notices").main
    assert pressroom.documents()[1].reason == "当事人不再同意公开"


def test_taking_back_twice_or_what_is_not_there_does_no_harm(
    app: Flask, pressroom: Pressroom
) -> None:
    notice_id = pressroom.newsroom.begin(DRAFTED)
    consent_id = agree(pressroom, notice_id)
    address = f"/notices/{notice_id}/consents/{consent_id}/withdraw"
    editor = at_work(app, pressroom.newsroom.editor, address)
    token = {"csrf_token": editor.page.value("csrf_token"), "words": "来电话"}
    for _time in range(2):
        assert "来电话" in editor.post(address, token).main
    assert "已经登记过：来电话" in editor.open(address).main
    missing = f"/notices/{notice_id}/consents/{'0' * 32}/withdraw"
    editor.open(missing, status=404)
    editor.post(missing, token, status=404)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (DRAFT, "这份通报不是澄清正名，不用登记"),
        (replace(DRAFTED, parties=()), "人员表里还没有被澄清的人"),
    ],
)
def test_where_nobody_is_cleared_the_page_says_so(
    app: Flask, newsroom: Newsroom, draft: Draft, said: str
) -> None:
    assert said in consents_of(app, newsroom, newsroom.begin(draft)).page.main


def test_both_pages_lead_to_each_other(app: Flask, pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    first = pressroom.release(replace(DRAFT, area="A16"))
    consent = replace(CONSENT, until=UNTIL)
    answer = out(pressroom, replace(DRAFTED, area="A16", answers="2026-0001"), consent)
    editor = at_work(app, newsroom.editor, f"/notices/{first}")
    assert editor.page.links["编号2026-0002"] == f"/notices/{answer}"
    editor.click("更正")
    assert "有澄清回应这一份" in editor.page.main
    editor.open(f"/notices/{answer}")
    assert editor.page.links["编号2026-0001"] == f"/notices/{first}"
    approver = at_work(app, newsroom.approver, f"/notices/{first}/withdraw")
    assert "不用再澄清了，也请撤回" in approver.page.main
    approver.fill(reason="事实有误")
    assert "，已撤回" in approver.open(f"/notices/{answer}").main


def test_who_has_no_key_is_told_so(app: Flask, pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(DRAFTED)
    consent_id = agree(pressroom, notice_id)
    newcomer = at_work(app, hire(pressroom.house, "bai.lu", Role.EDITOR), "/notices/new")
    token = {"csrf_token": newcomer.page.value("csrf_token"), "words": "来电话"}
    for part in ("", f"/{consent_id}/withdraw"):
        address = f"/notices/{notice_id}/consents{part}"
        assert "没有通报密钥" in newcomer.open(address, status=409).main
        assert "没有通报密钥" in newcomer.post(address, token, status=409).main


def test_the_name_is_sealed_and_no_name_is_in_the_row(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(NAMING)
    consent_id = agree(pressroom, notice_id)
    with pressroom.house.database.reading() as session:
        row = session.get_one(NoticeConsent, consent_id)
        assert "顾长河" not in str(vars(row))
        assert "顾长河".encode() not in pressroom.house.items.get(row.file)
