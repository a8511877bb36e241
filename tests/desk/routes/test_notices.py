"""Drafting on pages: from the first title to the paper sheet, alone and side by side."""

from flask import Flask

from portal.desk.domain.notices.drafts import CaseEntry
from portal.desk.domain.roles import Role
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, Newsroom
from tests.desk.staff import hire

PASTED = "<p class=MsoNormal><b>关于</b>典型问题<script>x</script></p>"


def test_an_editor_drafts_a_notice_from_fields(app: Flask, newsroom: Newsroom) -> None:
    editor = at_work(app, newsroom.editor, "/notices")
    editor.click("起草一份")
    page = editor.fill(kind="N01", mode="anonymised", title="通报1起典型问题")
    assert page.h1 == "改通报的文字"
    notice_id = page.url.split("/")[2]
    page = editor.fill(
        intro=PASTED,
        case_0_unit="某镇",
        case_0_people="甲",
        case_0_what="违规收费问题",
        case_0_other_sanction="G1",
    )
    assert "已保存，第2版" in page.main
    assert page.links["去检查"] == f"/notices/{notice_id}/check"
    assert page.value("intro") == "<p><strong>关于</strong>典型问题</p>"
    assert page.value("case_0_paragraph") == "某镇〔甲〕违规收费问题。〔甲〕受到政务警告处分。"
    editor.fill(press="再加一起", title="通报2起典型问题")
    page = editor.fill(case_1_unit="某局", case_1_what="吃拿卡要问题")
    assert [case.unit for case in newsroom.draft(notice_id).cases] == ["某镇", "某局"]
    editor.click("人员和代号")
    page = editor.fill(
        party_0_name="祁山河", party_0_role="subject", party_0_other_names="祁三河 老祁"
    )
    assert "公布时写：祁某某" in page.main
    assert newsroom.draft(notice_id).parties[0].other_names == ("祁三河", "老祁")
    page = editor.open(f"/notices/{notice_id}")
    assert "某镇祁某某违规收费问题" in page.main
    assert "祁山河" not in page.main
    assert "通报2起典型问题" in editor.open("/notices").main


def test_a_case_is_written_anew_or_dropped(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/edit")
    page = editor.fill(press="照各项重写这一段", case_0_amount="5万元")
    assert "涉及金额5万元" in page.value("case_0_paragraph")
    blank = {f"case_0_{name}": "" for name in CaseEntry.__dataclass_fields__}
    editor.fill(**blank)  # type: ignore[arg-type]  # by name
    assert newsroom.draft(notice_id).cases == ()


def test_the_second_editor_is_told_who_was_faster_and_keeps_what_they_typed(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    second = at_work(app, newsroom.other_editor, f"/notices/{notice_id}/edit")
    newsroom.change(notice_id, summary="先保存的摘要")
    page = second.fill(status=409, summary="后写的摘要")
    assert "穆云霏保存了第2版，您的还没有保存" in page.main
    assert page.value("summary") == "后写的摘要"
    second.press("保存")
    assert newsroom.draft(notice_id).summary == "后写的摘要"
    page = second.open(f"/notices/{notice_id}/versions/3")
    assert "先保存的摘要" in page.main.replace(" ", "") or "先保存" in page.main
    second.open(f"/notices/{notice_id}/versions/4", status=404)


def test_two_who_fill_the_parties_table_lose_nothing(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    second = at_work(app, newsroom.other_editor, f"/notices/{notice_id}/parties")
    newsroom.change(notice_id, summary="先保存的摘要")
    page = second.fill(status=409, party_2_name="第三人")
    assert page.value("party_2_name") == "第三人"
    second.press("保存")
    assert newsroom.draft(notice_id).summary == "先保存的摘要"
    assert newsroom.draft(notice_id).parties[-1].name == "第三人"


def test_mistakes_come_back_beside_the_field_with_the_text_kept(
    app: Flask, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin()
    editor = at_work(app, newsroom.editor, f"/notices/{notice_id}/edit")
    page = editor.fill(
        status=422,
        title="",
        region="柳溪",
        answers="17",
        expires_on="明年",
        references="123",
        summary="留着",
    )
    assert page.error("title") == "请写标题"
    assert page.error("region") == "填6到12位数字"
    assert page.error("answers") == "填编号，例如 2026-0003"
    assert page.error("expires_on") == "这样填：2027-05-20"
    assert page.error("references") == "登记号是8位数字，几个之间空一格"
    assert page.value("summary") == "留着"
    editor.open(f"/notices/{notice_id}/parties")
    assert editor.fill(status=422, party_2_name="张").error("party_2_name") == "姓名至少两个字"
    editor.open("/notices/new")
    assert editor.fill(status=422, title="").error("title") == "请写标题"


def test_the_paper_sheet_has_number_masks_and_counts(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newsroom.change(notice_id, sheet="呈〔2026〕17号")
    page = at_work(app, newsroom.approver, f"/notices/{notice_id}/print").page
    assert "呈〔2026〕17号" in page.main
    assert "1次、1案、1人" in page.main
    assert "祁某某" in page.main
    assert "祁山河" not in page.main


def test_who_has_no_key_is_told_so(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newcomer = at_work(app, hire(newsroom.house, "bai.lu", Role.EDITOR), "/notices")
    assert "打不开" in newcomer.page.main
    for part, status in {"": 200, "/edit": 409, "/parties": 409, "/print": 409}.items():
        assert "没有通报密钥" in newcomer.open(f"/notices/{notice_id}{part}", status=status).main
    newcomer.open(f"/notices/{notice_id}/versions/1", status=409)
    newcomer.open("/notices/new")
    assert "没有通报密钥" in newcomer.fill(status=409, title="试一试").main
    newcomer.open("/notices/unknown", status=404)


def test_every_look_at_a_draft_is_written_down(app: Flask, newsroom: Newsroom) -> None:
    notice_id = newsroom.begin(DRAFT)
    at_work(app, newsroom.approver, f"/notices/{notice_id}")
    auditor = at_work(app, hire(newsroom.house, "an.ji", Role.AUDITOR), "/audit")
    assert "查看通报" in auditor.page.main
