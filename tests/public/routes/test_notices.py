"""Notices as citizens read them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.exchange.notices import Correction
from tests.page_parts import words
from tests.public.released import notice, withdrawn

LONG = "侵占惠民补贴" * 30


def test_before_the_first_notice_the_list_says_so(visitor):
    assert "还没有通报" in visitor.open("/notices").main
    assert "现在没有澄清" in visitor.open("/clarifications").main


def test_from_the_front_page_to_a_notice_and_on_to_reporting(visitor, newsdesk):
    newsdesk.release(notice())
    visitor.open("/")
    visitor.click("通报曝光")
    page = visitor.click("青岚县通报1起侵占惠民补贴问题")
    assert page.url == "/notices/2026-0017"
    assert "2026年11月20日 群众身边不正之风和腐败问题典型案例" in page.main
    assert "编号2026-0017" in page.main
    assert "涉及1案、1人" in page.main
    assert page.main.index("已追回2.3万元") < page.main.index("经查")
    assert words(page.find("th")) == "年份"
    page = visitor.click("您也遇到类似的事？可以向我们反映（不用说看过这份通报）。")
    assert page.url == "/report"


def test_the_way_to_reporting_carries_nothing(visitor, newsdesk):
    newsdesk.release(notice())
    page = visitor.open("/notices/2026-0017")
    link = page.find("a", href="/report", rel="noreferrer")
    assert "类似" in words(link)


def test_an_anonymised_one_says_why_and_stays_out_of_search_engines(visitor, newsdesk):
    newsdesk.release(notice(), notice("2026-0018", mode="named"))
    page = visitor.open("/notices/2026-0017")
    assert "为什么不写姓名和村名？" in page.main
    assert page.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert page.find("meta", name="robots", content="noindex") is not None
    page = visitor.open("/notices/2026-0018")
    assert "为什么不写姓名" not in page.main
    assert page.headers["X-Robots-Tag"] == "noarchive"
    assert not page.find_all("meta", name="robots")


def test_a_shared_link_shows_a_card_of_this_site_alone(visitor, newsdesk):
    newsdesk.release(notice())
    page = visitor.open("/notices/2026-0017")
    card = {
        one.get("property"): one.get("content")
        for one in page.find_all("meta")
        if one.get("property", "").startswith("og:")
    }
    assert card["og:title"] == "青岚县通报1起侵占惠民补贴问题"
    assert card["og:description"] == "某村会计张某多报补贴，占为己有。"
    assert card["og:url"] == "https://localhost/notices/2026-0017"
    assert "og:image" not in card


def test_one_reads_on_to_the_newer_and_the_older_one(visitor, newsdesk):
    for day in (1, 2, 3):
        newsdesk.release(
            notice(f"2026-000{day}", title=f"第{day}份", published_on=date(2026, 11, day))
        )
    page = visitor.open("/notices/2026-0002")
    assert page.links["第3份"] == "/notices/2026-0003"
    assert page.links["第1份"] == "/notices/2026-0001"
    assert "上一份" not in visitor.open("/notices/2026-0003").main


def test_a_correction_is_dated_and_shows_both_texts(visitor, newsdesk):
    first = notice()
    newsdesk.release(first)
    correction = Correction(date(2026, 11, 21), "数字写错了", "1.2万元", "1.3万元")
    newsdesk.release(replace(first, version=2, corrections=(correction,)))
    page = visitor.open("/notices/2026-0017")
    assert "更正 2026年11月21日 为什么改 数字写错了 原来写的 1.2万元 改成 1.3万元" in page.main


def test_how_often_it_was_corrected_stands_at_the_top(visitor, newsdesk):
    corrections = [Correction(date(2026, 11, n), f"第{n}次", "–", "–") for n in range(1, 31)]
    newsdesk.release(notice(corrections=tuple(corrections)), notice("2026-0018"))
    page = visitor.open("/notices/2026-0017")
    assert "更正过30次，最近一次是2026年11月30日" in page.main
    assert page.main.index("更正过30次") < page.main.index("经查")
    assert page.links["看改了什么"] == "#corrections"
    assert page.main.index("为什么改 第30次") < page.main.index("为什么改 第1次")
    assert "更正" not in visitor.open("/notices/2026-0018").main


def test_a_withdrawn_one_leaves_its_reason_and_nothing_else(visitor, newsdesk):
    first = notice(title="点名通报张三")
    newsdesk.release(first)
    newsdesk.release(withdrawn(first, "事实有出入，\n正在重新核实。"))
    page = visitor.open("/notices/2026-0017", status=410)
    assert page.h1 == "这份通报已经撤下"
    assert page.main.endswith("正在重新核实。")
    assert page.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert "张三" not in page.body.decode()
    assert "还没有通报" in visitor.open("/notices").main
    assert "没有找到" in visitor.open("/notices?q=张三").main


def test_a_clarification_reaches_as_far_as_what_it_answers(visitor, newsdesk, now):
    newsdesk.release(notice())
    clearing = notice(
        "2026-0020", kind="N09", mode="named", title="为张某澄清", answers="2026-0017"
    )
    newsdesk.release(replace(clearing, expires_on=now.date() + timedelta(days=3)))
    page = visitor.open("/notices/2026-0017")
    assert "这份通报有澄清" in page.main
    page = visitor.click("为张某澄清")
    assert "公开到" in page.main
    assert page.links["青岚县通报1起侵占惠民补贴问题"] == "/notices/2026-0017"
    for place in ("/notices", "/clarifications", "/notices?kind=N09"):
        assert visitor.open(place).links["为张某澄清"] == "/notices/2026-0020"


def test_a_clarification_is_over_when_its_time_is(visitor, newsdesk, now):
    over = now.date() - timedelta(days=2)
    newsdesk.release(
        notice(),
        notice("2026-0020", kind="N09", title="为张某澄清", answers="2026-0017", expires_on=over),
    )
    page = visitor.open("/notices/2026-0020", status=410)
    assert page.h1 == "这里的内容已经到期"
    assert "张某" not in page.body.decode()
    for place in ("/notices/2026-0017", "/notices?q=澄清", "/clarifications"):
        assert "为张某澄清" not in visitor.open(place).main


def test_where_nothing_was_typed_no_shorter_word_is_asked_for(visitor, newsdesk):
    newsdesk.release(notice())
    assert "换一个短一些的词" in visitor.open("/notices?q=没有的").main
    page = visitor.open("/notices?kind=N12").main
    assert "没有找到。看全部" in page.replace(" ", "")
    assert "短一些" not in page


def test_the_announcement_how_to_report_is_one_click_away(visitor, newsdesk):
    newsdesk.release(notice(kind="N12", title="怎样举报"))
    visitor.open("/notices")
    assert "怎样举报" in visitor.click("举报公告").main


def test_filters_narrow_the_list_and_stay_chosen(visitor, newsdesk):
    newsdesk.release(
        notice("2026-0001", title="甲通报", region="990001"),
        notice("2025-0002", title="乙通报", kind="N02", published_on=date(2025, 3, 1)),
        notice("2026-0003", title="丙通报", mode="named", area="A04"),
    )
    for chosen, found in (
        ({"year": "2025"}, {"乙通报"}),
        ({"kind": "N02"}, {"乙通报"}),
        ({"area": "A04"}, {"丙通报"}),
        ({"mode": "named"}, {"丙通报"}),
        ({"region": "990001"}, {"甲通报"}),
        ({"year": "2026", "mode": "anonymised"}, {"甲通报"}),
        ({"q": "乙通"}, {"乙通报"}),
        ({"q": "丙", "kind": "N02"}, set()),
    ):
        visitor.open("/notices")
        page = visitor.fill(**chosen)
        titles = {name for name in page.links if name.endswith("通报") and len(name) == 3}
        assert titles == found, chosen
        for name, value in chosen.items():
            assert page.value(name) == value
        assert page.find("meta", name="robots", content="noindex") is not None


def test_a_region_is_called_by_its_name_or_its_code_and_none_shows_nothing(visitor, newsdesk):
    newsdesk.release(notice())
    assert "区划代码" not in visitor.open("/notices/2026-0017").main
    assert not visitor.open("/notices").find_all("select", id="region")
    newsdesk.release(notice("2026-0018", region="990001"), notice("2026-0019", region="990009"))
    assert "柳溪镇" in visitor.open("/notices/2026-0018").main
    assert "区划代码990009" in visitor.open("/notices/2026-0019").main
    (choice,) = visitor.open("/notices").find_all("select", id="region")
    assert [words(one) for one in choice.iter("option")] == ["全部", "柳溪镇", "区划代码990009"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=X", "kind"),
        ("area=农业", "area"),
        ("mode=both", "mode"),
        ("year=zwei", "year"),
        ("region=x", "region"),
        ("q=" + "长" * 51, "q"),
    ],
)
def test_what_cannot_be_meant_is_said_beside_the_field(visitor, newsdesk, query, field):
    newsdesk.release(notice(region="990001"))
    page = visitor.open(f"/notices?{query}", status=422)
    said = "最多写50个字" if field == "q" else "没有这一项，请从列表里选"
    assert page.error(field).startswith(said)


def test_twenty_fit_on_a_page_and_the_filter_goes_along(visitor, newsdesk):
    newsdesk.release(*(notice(f"2026-{n:04}", title=f"第{n}份") for n in range(1, 43)))
    page = visitor.open("/notices?area=A17")
    assert len(page.find_all("h2", class_="bulletins__title")) == 20
    visitor.click("下一页")
    page = visitor.click("下一页")
    assert [name for name in page.links if name.startswith("第")] == ["第2份", "第1份"]
    assert "下一页" not in page.links
    assert "area=A17" in page.links["上一页"]
    assert page.links["回到最新的"] == "/notices?area=A17"
    assert "这一页：2026年11月20日 回到最新的" in page.main


@pytest.mark.parametrize("page", ["1", "7", "-1", "x", "99999999999"])
@pytest.mark.parametrize("place", ["/notices", "/clarifications"])
def test_a_link_that_counted_pages_leads_to_the_newest(visitor, newsdesk, place, page):
    newsdesk.release(notice())
    assert visitor.open(f"{place}?page={page}").url == place
    assert visitor.open(f"/notices?area=A17&page={page}").url == "/notices?area=A17"


@pytest.mark.parametrize("end", ["after=2020-0001", "before=2020-0001", "after=x", "before=２"])
@pytest.mark.parametrize("place", ["/notices", "/clarifications"])
def test_a_page_that_begins_nowhere_says_so(visitor, newsdesk, place, end):
    newsdesk.release(notice())
    assert visitor.open(f"{place}?{end}", status=404).h1


def test_behind_the_last_one_a_way_leads_back(visitor, newsdesk):
    newsdesk.release(notice())
    page = visitor.open("/notices?area=A17&after=2026-0017")
    assert "没有更早的了" in page.main
    assert page.links["回到最新的"] == "/notices?area=A17"


@pytest.mark.parametrize("number", ["2026-9999", "x", "2026-0017'--"])
def test_a_number_that_nobody_gave_leads_nowhere(visitor, newsdesk, number):
    newsdesk.release(notice())
    assert visitor.open(f"/notices/{number}", status=404).h1


def test_a_long_title_and_a_rare_character_are_shown_whole(visitor, newsdesk):
    newsdesk.release(notice(title=LONG + "𠮷"))
    assert visitor.open("/notices/2026-0017").h1 == LONG + "𠮷"


def test_nothing_is_shown_while_nobody_knows_the_desks_key(visitor, newsdesk, tmp_path):
    newsdesk.release(notice())
    (tmp_path / "manifest.json").unlink()
    for place in ("/notices", "/notices/2026-0017", "/clarifications", "/feed/notices.xml"):
        assert "青岚县通报1起" not in visitor.open(place, status=503).text
