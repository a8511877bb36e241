"""The units of the demo's county, all of them invented."""

from portal.desk.domain.units import Entry

COUNTY = "青岚县"
OF_TOWNS = (
    ("党委书记", 1),
    ("镇长", 1),
    ("副镇长", 3),
    ("财政所所长", 1),
    ("水利站站长", 1),
    ("驾驶员", 4),
)
OF_VILLAGES = (("党支部书记", 1), ("会计", 1), ("村务监督委员会主任", 1))
OF_CLINICS = (("院长", 1), ("收费员", 3), ("医生", 14))
OF_BUREAUS = (("局长", 1), ("副局长", 3), ("科长", 9), ("驾驶员", 14))
TOWNS = ("柳溪", "长桥", "南坡", "石门", "白鹭", "枫林")
VILLAGES = ("石桥", "上湾", "下湾", "杏坡", "松坪", "双井")
BUREAUS = ("交通运输", "水利", "农业农村", "教育")


def _town(name: str) -> Entry:
    return Entry(f"{name}镇", (f"{name}镇人民政府",), "U10", COUNTY, 46, OF_TOWNS)


def _village(name: str) -> Entry:
    return Entry(f"柳溪镇{name}村", (f"{name}村",), "U11", "柳溪镇", 7, OF_VILLAGES)


def _bureau(name: str) -> Entry:
    return Entry(f"{COUNTY}{name}局", (f"县{name}局",), "U03", COUNTY, 58, OF_BUREAUS)


def _clinic(town: str) -> Entry:
    return Entry(f"{town}镇卫生院", (), "U12", f"{town}镇", 24, OF_CLINICS)


LISTED = (
    *map(_town, TOWNS),
    *map(_village, VILLAGES),
    *map(_bureau, BUREAUS),
    *map(_clinic, TOWNS[:3]),
    Entry("云河粮油储备站", ("云河粮站",), "U13", COUNTY, None, (("站长", 1), ("保管员", 2))),
)
