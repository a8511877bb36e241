"""The demo's invented reports, and what became of each; `demo_reports` carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.commands import demo_people
from portal.desk.domain.assigning import ASSIGN
from portal.exchange.statements import ADD, REPLY, REVIEW, WITHDRAW

# A clerk fills in the registration sheet.
SHEET = "sheet"
# What the reporter says, by the names of the demo's steps; every other step is an act of staff.
SAID = {"answer": REPLY, "add": ADD, "withdraw": WITHDRAW, "review": REVIEW}


@dataclass(frozen=True)
class Step:
    """What staff, or the citizen, did so many days ago.

    `act` is an act's code, one of `SAID`, `SHEET` or `rate`. The words of `assign` are the
    office's name, those of a sheet the matter.
    """

    days_ago: int
    act: str
    words: str


@dataclass(frozen=True)
class Paper:
    """What a clerk notes of a letter; it was posted `posted` days before it came."""

    posted: int
    pages: int
    signers: int


@dataclass(frozen=True)
class Story:
    """One invented report and everything that became of it.

    `clerk` is the number of the clerk who claimed it, None while nobody has; `handler` that of
    who claimed it at the office it was given to. `reporter` are the answers of a named reporter,
    empty for an anonymous one. What came as a letter has `paper`, a clerk who entered it, and a
    claim slip on its way to whoever wrote it.
    """

    days_ago: int
    category: str
    story: str
    subject: Mapping[str, str] = field(default_factory=dict)
    reporter: Mapping[str, str] = field(default_factory=dict)
    clerk: int | None = None
    handler: int | None = None
    paper: Paper | None = None
    steps: tuple[Step, ...] = ()


STORIES = (
    Story(
        38,
        "subsidy",
        "我们村的种粮补贴去年每亩少发了三十多元，问会计，说是统一扣了保险，可是谁家也没有见过保单。"
        "听说隔壁组也是这样，前后有四十多户。",
        {"unit": "柳溪镇石桥村", "post": "会计", "level": "L6", "region": "青岚县柳溪镇"},
        clerk=0,
        steps=(
            Step(36, "accept", "您反映的关于种粮补贴的问题，我们已经受理。"),
            Step(30, "start", ""),
            Step(
                6,
                "close",
                "您反映的种粮补贴少发一事已经按规定办理完毕，少发的钱已经补到一卡通上，"
                "请您核对。感谢您的监督。",
            ),
            Step(4, "rate", "钱补上了，谢谢。"),
            Step(3, "review", "我家只补了一半，隔壁两家还没有补。"),
        ),
    ),
    Story(
        24,
        "village",
        "后山的林地包给了外面来的老板，合同没有在村民代表会上念过，承包款也没有进村里的账。",
        {"unit": "白鹭乡望江村", "post": "村委会主任", "level": "L6"},
        {
            "full_name": "欧阳青禾",
            "phone": "0990-1238866转12",
            "call_me": "yes",
            "contact_note": "晚上7点以后，不要打到村里。",
        },
        clerk=1,
        handler=2,
        steps=(
            Step(22, "accept", "您反映的关于林地承包的问题，我们已经受理。"),
            Step(20, ASSIGN, demo_people.FIRST_GROUP),
            Step(15, "start", ""),
            Step(9, "reply", "关于您反映的林地承包，现在可以告诉您：正在核对合同和账目。"),
            Step(5, "add", "承包合同的照片我见过，甲方盖的是村委会的章，日期是前年三月。"),
            Step(2, "withdraw", "算了，不想再提这件事。"),
        ),
    ),
    Story(
        16,
        "bribe",
        "在便民大厅办营业执照，窗口的人说材料不全，旁边有人小声说给五百元茶水费当天就能拿。",
        {"unit": "县便民服务大厅", "level": "L5"},
        clerk=0,
        steps=(
            Step(
                14,
                "need-more",
                "您写的要茶水费这件事，我们想再问清楚：\n一、是哪一天、几号窗口？\n"
                "知道多少写多少，不清楚就写“不清楚”。",
            ),
            Step(11, "answer", "是上个月十二号上午，三号窗口，女的，戴眼镜。钱没有给。"),
        ),
    ),
    Story(
        12,
        "public_service",
        "学校食堂一个月收三百六十元，孩子说中午常常只有白菜和豆腐，家长会问起来校长很不耐烦。",
        {"unit": "青岚县第二小学", "name": "梁知秋", "post": "校长", "level": "L9"},
        clerk=1,
        steps=(
            Step(10, "accept", "您反映的关于学校食堂的问题，我们已经受理。"),
            Step(10, SHEET, "食堂收费"),
            Step(
                4,
                "need-more",
                "您写的食堂收费，我们想再问清楚：\n一、钱是交给谁的，有没有收据？\n"
                "知道多少写多少，不清楚就写“不清楚”。",
            ),
        ),
    ),
    Story(
        9,
        "luxury",
        "镇里的公务车周末常常停在水库边的农家乐，车牌尾号七三，我看见过三次，都是星期天中午。",
        {"unit": "柳溪镇政府", "level": "L4"},
        clerk=0,
        steps=(Step(7, "accept", "您反映的关于公车的问题，我们已经受理。"),),
    ),
    Story(
        10,
        "village",
        "来信说：石桥村修路，每户交了二百元，路修到一半停了，钱花到哪里，村里没有贴出来过。",
        {"unit": "柳溪镇石桥村", "post": "村委会主任", "level": "L6", "region": "青岚县柳溪镇"},
        {"full_name": "柳小满", "phone": "13900000001"},
        clerk=1,
        paper=Paper(posted=3, pages=2, signers=12),
        steps=(Step(6, "accept", "您信里写的关于修路收钱的问题，我们已经受理。"),),
    ),
    Story(
        8,
        "public_service",
        "二小的食堂是校长梁知秋的亲戚承包的，饭钱交现金，不开收据，菜里很少见到肉。",
        {"unit": "第二小学", "name": "梁知秋", "post": "校长", "level": "L9"},
        clerk=0,
        steps=(
            Step(7, "accept", "您反映的关于学校食堂承包的问题，我们已经受理。"),
            Step(7, SHEET, "食堂承包给亲戚"),
        ),
    ),
    Story(
        8,
        "land",
        "修路占了我家的地，量地的人给他表哥家多量了一间屋，我家的菜园没有算。",
        {"unit": "白鹭乡征地办", "level": "L5"},
        {"full_name": "谷雨田", "phone": "13900000000", "call_me": "no"},
    ),
    Story(
        3, "neglect", "河里的水从夏天起一直发黑发臭，打了几次电话，都说已经派人来看，没有人来过。"
    ),
    Story(
        1,
        "unsure",
        "村里的低保名单贴出来两天就被撕了，我记得上面有干部的丈母娘。我不识字，是请人帮我写的。",
        {"unit": "柳溪镇石桥村", "region": "青岚县柳溪镇"},
    ),
)
