"""Invented reports of the demo, brought to their states by the same functions as real ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from threading import Event

from portal.commands import demo_people, desk, instance, public
from portal.commands.demo_people import DemoPerson
from portal.desk.domain import assigning, audit, cases, keys, offices
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk
from portal.desk.domain.assigning import ASSIGN, Assignment
from portal.desk.domain.opening import Opener
from portal.public.domain import answers, purposes, ratings, reports, tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.drafts import ANONYMOUS, NAMED, Draft, DraftPlace
from portal.public.domain.tokens import Token
from portal.reference.days import COUNTY_ZONE, local_day, utcnow
from portal.reference.vocabulary import vocabulary
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from portal.sealing.replies import CodeKeys
from portal.settings import Settings


@dataclass(frozen=True)
class Step:
    """What staff, or the citizen, did so many days ago.

    `act` is an act's code, or what a citizen does: `answer` or `rate`. The words of `assign` are
    the name of the office.
    """

    days_ago: int
    act: str
    words: str


@dataclass(frozen=True)
class Story:
    """One invented report and everything that became of it.

    `clerk` is the number of the clerk who claimed it, None while nobody has; `handler` that of
    who claimed it at the office it was given to. `reporter` are the answers of a named reporter,
    empty for an anonymous one.
    """

    days_ago: int
    category: str
    story: str
    subject: Mapping[str, str] = field(default_factory=dict)
    reporter: Mapping[str, str] = field(default_factory=dict)
    clerk: int | None = None
    handler: int | None = None
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
        {"unit": "青岚县第二小学", "post": "校长", "level": "L9"},
        clerk=1,
        steps=(
            Step(10, "accept", "您反映的关于学校食堂的问题，我们已经受理。"),
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


def play(settings: Settings, staff: list[DemoPerson]) -> None:
    """File every story and bring it to its state, each act on its own day."""
    county = _County(settings, staff)
    try:
        county.play()
    finally:
        county.close()


class _County:
    """Both sides of the demo, without servers."""

    def __init__(self, settings: Settings, staff: list[DemoPerson]) -> None:
        self._public = public.open_house(settings, Event())
        self._desk = desk.open_house(settings, Event())
        self._relays = (public.open_relay(self._public), desk.open_relay(self._desk))
        self._staff = staff
        secret = instance.read_secret(settings.desk_folder / instance.HOST_SECRET)
        with self._desk.database.reading() as session:
            self._own = {
                person.id: demo_people.own_key(session, person, secret) for person in staff
            }
        self._filed: dict[int, tuple[str, CodeKeys]] = {}

    def play(self) -> None:
        """Let everything happen in the order of its days."""
        events = [
            (step_days, number, order, step)
            for number, story in enumerate(STORIES)
            for order, (step_days, step) in enumerate(_timeline(story))
        ]
        for days_ago, number, _order, step in sorted(
            events, key=lambda event: (-event[0], event[1], event[2])
        ):
            now = _morning(days_ago)
            self._happen(number, step, now)
            self._carry(now)

    def close(self) -> None:
        """Close both databases."""
        self._public.database.dispose()
        self._desk.database.dispose()

    def _happen(self, number: int, step: Step | None, now: datetime) -> None:
        story = STORIES[number]
        if step is None:
            self._filed[number] = self._file(story, now)
        elif step.act == "answer":
            self._answer(self._filed[number][1], step, now)
        elif step.act == "rate":
            self._rate(self._filed[number][1], step, now)
        elif story.clerk is not None:
            self._work(story, self._filed[number][0], step, now)

    def _work(self, story: Story, reference: str, step: Step, now: datetime) -> None:
        given = [one.days_ago for one in story.steps if one.act == ASSIGN]
        if step.act == ASSIGN and story.clerk is not None:
            self._assign(reference, self._staff[story.clerk], step.words, now)
        elif given and step.days_ago < given[0] and story.handler is not None:
            self._act(reference, self._staff[story.handler], step, now)
        elif story.clerk is not None:
            self._act(reference, self._staff[story.clerk], step, now)

    def _assign(self, reference: str, clerk: DemoPerson, office: str, now: datetime) -> None:
        opener = Opener(self._desk.items, self._held(clerk))
        with self._desk.database.writing() as session:
            named = {name: office_id for office_id, name in offices.names(session).items()}
            case = cases.get(session, reference, lock=True)
            chosen = Assignment(named[office], case.revision, clerk.id)
            assigning.assign(session, opener, case, chosen, now=now)

    def _file(self, story: Story, now: datetime) -> tuple[str, CodeKeys]:
        house = self._public
        given = {"category": story.category, "story": story.story}
        mode = NAMED if story.reporter else ANONYMOUS
        given |= {"mode": mode, **story.subject, **story.reporter}
        with house.database.writing() as session:
            place = DraftPlace(session, house.drafts, Token.draw())
            draft: Draft = place.revise(given, now, own_phone=False)
            code_keys = derive_all(house.filing_slots, draft.tracking_code, house.peppers[:1])[0]
            manifest = house.manifest.current(now)
            version = vocabulary().version
            sealed = reports.seal(draft, code_keys, house.peppers[0].id, manifest, version)
            filed = reports.file(place, house.outbox, sealed, now)
        return filed.reference, code_keys

    def _answer(self, code_keys: CodeKeys, step: Step, now: datetime) -> None:
        house = self._public
        with house.database.writing() as session:
            found = tracking.find_case(session, [code_keys])
            if found is None:
                raise purposes.NotPossible
            manifest = house.manifest.current(now)
            sealed = answers.seal(step.words, found[0].id, code_keys, manifest, now)
            answers.send(session, house.outbox, sealed, answers.draw_once(), now)

    def _rate(self, code_keys: CodeKeys, step: Step, now: datetime) -> None:
        house = self._public
        rating = Rating(timely=4, attitude=5, speed=3, site=4, solved="yes", comment=step.words)
        with house.database.writing() as session:
            found = tracking.find_case(session, [code_keys])
            if found is None:
                raise ratings.NotEnded
            manifest = house.manifest.current(now)
            sealed = ratings.seal(rating, found[0].id, code_keys, manifest, now)
            ratings.send(session, house.outbox, sealed, answers.draw_once(), now)

    def _act(self, reference: str, person: DemoPerson, step: Step, now: datetime) -> None:
        house = self._desk
        with house.database.writing() as session:
            case = cases.claim(session, reference, person.id, now)
            if case.registered_on is None:
                opener = Opener(house.items, self._held(person))
                recovery = house.manifest.latest().recipient("recovery")
                content = opener.sealed_content(case)
                opener.register(session, case, content, recovery=recovery, today=local_day(now))
                audit.record(
                    session, person_id=person.id, act="case-opened", target=reference, now=now
                )
            decision = Decision(ACTS[step.act], step.words, case.revision, person.id)
            Desk(house.items, house.outbox).perform(session, case, decision, now)

    def _held(self, person: DemoPerson) -> dict[str, Identity]:
        with self._desk.database.reading() as session:
            return keys.open_held(session, person.id, self._own[person.id])

    def _carry(self, now: datetime) -> None:
        for _round in range(2):
            for relay in self._relays:
                relay.step(now)


def _timeline(story: Story) -> list[tuple[int, Step | None]]:
    return [(story.days_ago, None), *((step.days_ago, step) for step in story.steps)]


def _morning(days_ago: int) -> datetime:
    day = local_day(utcnow()) - timedelta(days=days_ago)
    return datetime.combine(day, time(9, 30), COUNTY_ZONE)
