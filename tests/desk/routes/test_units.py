"""/units: kept by editors, read by approvers, pasted with a look first; nothing typed is lost."""

import pytest
from flask import Flask

from portal.desk.domain import units
from portal.desk.forms.units import LONGEST_NAME, MOST_PEOPLE
from tests.desk.casework import at_work
from tests.desk.newsroom import DRAFT, NEXT, Newsroom
from tests.page_parts import Page, words
from tests.pages import Browser

LINES = (
    "名称,别的名称,种类,在哪里,人数,职务和人数\n"
    "青岚县交通运输局,县交通局、交通局,政府机关,青岚县,30人,局长 1、副局长：3;驾驶员 14人\n"
    "\n"
    "柳溪镇石桥村，石桥村，U11，柳溪镇，，党支部书记 1\n"
)


@pytest.fixture
def editor(app: Flask, newsroom: Newsroom) -> Browser:
    return at_work(app, newsroom.editor, "/units")


def listed(page: Page) -> list[str]:
    return [words(one) for one in page.find_all("th", scope="row")]


def test_a_unit_is_added_changed_and_taken_off(
    app: Flask, editor: Browser, newsroom: Newsroom
) -> None:
    assert "名单还是空的" in editor.page.main
    editor.click("加一个单位")
    page = editor.fill(
        name=" 柳溪镇　卫生院 ",
        kind="U12",
        size="24",
        posts="院长 1\n\n收费员：3人",
        place="柳溪镇",
    )
    assert listed(page) == ["柳溪镇 卫生院"]
    editor.click("柳溪镇 卫生院")
    page = editor.click("改")
    assert page.value("posts") == "院长 1\n收费员 3"
    page = editor.fill(name="柳溪镇卫生院", other_names="镇卫生院、柳溪卫生院")
    assert page.h1 == "柳溪镇卫生院"
    assert "镇卫生院、柳溪卫生院" in page.main
    approver = at_work(app, newsroom.approver, page.url)
    assert "改" not in approver.page.links
    assert "收费员" in approver.page.main
    editor.click("从名单去掉")
    old = editor.page.url
    assert "名单还是空的" in editor.press("去掉").main
    token = {"csrf_token": editor.open("/units/new").value("csrf_token")}
    assert editor.post(old, token).url == "/units"
    for part in ("", "/edit", "/remove"):
        editor.open(old.removesuffix("/remove") + part, status=404)


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("name", "", "请写单位名称"),
        ("name", "局", "名称要2到100个字"),
        ("name", "局" * (LONGEST_NAME + 1), "最多写100个字"),
        ("kind", "", "请选种类"),
        ("other_names", "石桥\n局", "名称要2到100个字"),
        ("size", "很多", "人数填1到99999的数字"),
        ("size", str(MOST_PEOPLE + 1), "人数填1到99999的数字"),
        ("posts", "党支部书记", "“党支部书记”要写成：党支部书记 1"),
        ("posts", "会计 0", "要写成：党支部书记 1"),
        ("posts", "会计 1\n会计 2", "职务“会计”写了两次"),
        ("posts", f"{'长' * 51} 1", "要写成：党支部书记 1"),
    ],
)
def test_mistakes_come_back_beside_the_field_with_the_text_kept(
    editor: Browser, field: str, typed: str, reason: str
) -> None:
    editor.open("/units/new")
    fields = {"name": "柳溪镇", "kind": "U10", "place": "青岚县", field: typed}
    page = editor.fill(status=422, **fields)
    assert reason in (page.error(field) or "")
    assert page.value("place") == "青岚县"
    assert page.value(field).strip() == typed.strip()


def test_too_many_posts_are_refused(editor: Browser) -> None:
    editor.open("/units/new")
    posts = "\n".join(f"科长{chr(0x4E00 + n)}科 1" for n in range(201))
    page = editor.fill(status=422, name="柳溪镇", kind="U10", posts=posts)
    assert page.error("posts") == "一个单位最多写200个职务"


def test_a_name_that_is_listed_is_told(editor: Browser) -> None:
    for status in (200, 422):
        editor.open("/units/new")
        page = editor.fill(status=status, name="柳溪镇", kind="U10")
    assert page.error("name") == "名单里已经有叫这个名称的单位"
    editor.fill(name="南坡镇", kind="U10")
    editor.click("南坡镇")
    editor.click("改")
    page = editor.fill(status=422, name="柳溪镇")
    assert page.error("name") == "名单里已经有叫这个名称的单位"
    assert editor.fill(status=422, name="").error("name") == "请写单位名称"
    old = editor.page.url.replace("/edit", "/remove")
    assert editor.post(old, {"csrf_token": "old"}, status=422).h1 == "从名单去掉南坡镇"


def test_the_second_editor_is_told_who_was_faster_and_keeps_what_they_typed(
    app: Flask, editor: Browser, newsroom: Newsroom
) -> None:
    editor.open("/units/new")
    editor.fill(name="柳溪镇", kind="U10")
    address = f"{editor.page.links['柳溪镇']}/edit"
    second = at_work(app, newsroom.other_editor, address)
    editor.open(address)
    editor.fill(posts="镇长 1")
    page = second.fill(status=409, posts="镇长 1\n副镇长 4")
    assert "穆云霏改过这个单位" in page.main
    assert page.value("posts") == "镇长 1\n副镇长 4"
    assert "副镇长" in second.press("保存").main


def test_lines_are_looked_at_first_and_then_put_on_the_list(editor: Browser) -> None:
    editor.open("/units/import")
    page = editor.fill(press="先看看有什么变化", rows=LINES)
    assert "新加2个，换掉0个，一样的0个" in page.main
    assert "驾驶员14人" in page.main
    assert listed(editor.open("/units")) == []
    editor.open("/units/import")
    editor.fill(press="先看看有什么变化", rows=LINES)
    assert editor.press("回去改").value("rows").strip() == LINES.strip()
    editor.press("先看看有什么变化")
    page = editor.press("保存")
    assert listed(page) == ["青岚县交通运输局 县交通局、交通局", "柳溪镇石桥村 石桥村"]
    editor.open("/units/import")
    page = editor.fill(press="先看看有什么变化", rows="柳溪镇石桥村,石桥村,U11,柳溪镇,,会计 1")
    assert "新加0个，换掉1个，一样的0个" in page.main


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("名称,别的名称", "第1行：没有写单位"),
        ("柳溪镇,U10", "第1行：要有六样"),
        ("柳溪镇,,乡镇,,,", "第1行：“乡镇”不是单位的种类"),
        ("柳,,U10,,,", "第1行：名称要2到100个字"),
        (f"柳溪镇,,U10,{'村' * 101},,", "第1行：地方或者别的名称太长"),
        ("柳溪镇,,U10,,,\n柳溪镇,,U10,,,", "第2行：“柳溪镇”前面写过了"),
        ("\n".join(["柳溪镇"] * 10), "另外还有2行"),
    ],
)
def test_lines_that_cannot_be_read_are_named(editor: Browser, rows: str, reason: str) -> None:
    editor.open("/units/import")
    page = editor.fill(press="先看看有什么变化", status=422, rows=rows)
    assert reason in (page.error("rows") or "")
    assert page.value("rows").strip() == rows


def test_a_long_list_comes_by_pages_and_is_searched(editor: Browser, newsroom: Newsroom) -> None:
    many = [
        units.Entry(f"柳溪镇第{n:03}村", (), "U11", "柳溪镇" * 30, None, (("党支部书记", 1),) * 1)
        for n in range(1, 62)
    ]
    with newsroom.house.database.writing() as session:
        units.take_in(session, many, by=newsroom.editor.id, now=NEXT)
    page = editor.open("/units")
    assert len(listed(page)) == units.PAGE
    assert "第1页，共2页" in page.main
    assert len(listed(editor.open("/units?page=2"))) == 11
    assert listed(editor.open("/units?q=第007村")) == ["柳溪镇第007村"]
    assert "没有找到“南坡”" in editor.open("/units?q=南坡").main
    assert "没有这一页" in editor.open("/units?page=7").main


def test_the_check_and_the_review_use_the_list(
    app: Flask, editor: Browser, newsroom: Newsroom
) -> None:
    notice_id = newsroom.begin(DRAFT)
    newsroom.change(notice_id, closing="<p>云河粮站站长〔甲〕公车私用。</p>")
    assert "单位名单中的单位" not in editor.open(f"/notices/{notice_id}/check").main
    editor.open("/units/new")
    editor.fill(name="云河粮站", kind="U13", posts="站长 1")
    page = editor.open(f"/notices/{notice_id}/check")
    assert "单位名单中的单位" in page.main
    assert "某站工作人员" in page.main
    editor.press("提交审核")
    page = at_work(app, newsroom.approver, f"/notices/{notice_id}/review").page
    assert "单位名单中的单位" in page.main
    assert "某站工作人员" in page.main
