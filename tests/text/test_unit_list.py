"""What the staff's list of units knows: which of them words mean, who has a post there."""

import pytest

from portal.text.reidentify import Described, warnings
from portal.text.unit_list import ListedUnit, UnitList

VILLAGES = tuple(
    ListedUnit(f"青岚县柳溪镇{name}村", posts=(("党支部书记", 1), ("会计", 1)))
    for name in ("石桥", "南坡", "北坡", "东坳", "西坳")
)
TOWN = ListedUnit(
    "柳溪镇",
    ("柳溪镇人民政府",),
    46,
    (("镇长", 1), ("副镇长", 4), ("驾驶员", 9), ("水利站站长", 1)),
)
BUREAU = ListedUnit("青岚县交通运输局", ("县交通局",), 30, (("局长", 1), ("驾驶员", 14)))
STEPPE = ListedUnit("草原工作站", (), None, (("草原站站长", 1),))
LIST = UnitList((*VILLAGES, TOWN, BUREAU, STEPPE))


@pytest.mark.parametrize(
    ("unit", "post", "people"),
    [
        ("柳溪镇", "副镇长", 4),
        ("柳溪镇人民政府", "原副镇长", 4),
        ("县交通局", "工作人员", 30),
        ("青岚县柳溪镇石桥村", "党支部原书记", 1),
        ("某村", "党支部书记", 5),
        ("某镇某村", "会计（报账员）", 5),
        ("某县某镇", "镇长", 1),
        ("某局", "驾驶员", 14),
        ("草原工作站", "草原站站长", 1),
        ("某局", "会计", None),
        ("云河集团", "经理", None),
        ("草原工作站", "工作人员", None),
    ],
)
def test_how_many_people_have_a_post(unit: str, post: str, people: int | None) -> None:
    assert LIST.holders(unit, post) == people


def test_a_unit_is_known_by_each_of_its_names() -> None:
    assert LIST.canonical("县交通局") == LIST.canonical("青岚县交通运输局") == "青岚县交通运输局"
    assert LIST.canonical("某局") == "某局"
    assert LIST.canonical("云河集团") == "云河集团"


def pointers(text: str, *cases: Described) -> list[tuple[str, str, int, str]]:
    found = warnings(cases, [("body", text)], LIST)
    return [(one.kind, one.text, one.people, one.coarser) for one in found]


def test_a_listed_unit_and_post_in_a_text() -> None:
    assert pointers("经查，柳溪镇原副镇长甲收受礼金。") == [
        ("unit-post", "柳溪镇副镇长", 4, "某镇干部")
    ]
    assert pointers("柳溪镇驾驶员甲公车私用。") == []
    assert pointers("县交通局局长甲公车私用。")[0][3] == "某局工作人员"


def test_a_post_that_the_whole_list_has_once() -> None:
    (one,) = pointers("某镇水利站站长甲，下同。")
    assert one == ("unique-post", "水利站站长", 1, "某镇干部")


def test_a_post_and_a_month() -> None:
    assert pointers("2024年3月，某局驾驶员甲公车私用。") == [
        ("post-month", "驾驶员，2024年3月", 1, "2024年")
    ]
    assert pointers("2024年，某局驾驶员甲公车私用。") == []
    assert pointers("2024年3月\n某局驾驶员甲公车私用。") == []


def test_the_list_knows_better_than_the_guess() -> None:
    case = Described("1", "某镇", "镇长", "2024年")
    assert warnings([case], []) == []
    assert pointers("", case) == [("unique-post", "某镇镇长", 1, "某镇干部")]
    assert pointers("", Described("1", "县交通局", "驾驶员", "2024年")) == []
    assert pointers("", Described("1", "柳溪镇石桥村", "会计", "2024年"))[0][3] == "某村"


def test_what_case_and_text_say_alike_is_told_once() -> None:
    case = Described("1", "柳溪镇", "副镇长", "2024年")
    assert len(pointers("柳溪镇副镇长甲。柳溪镇副镇长甲。", case)) == 1


def test_an_empty_list_finds_nothing() -> None:
    assert list(UnitList().in_text("柳溪镇副镇长")) == []
