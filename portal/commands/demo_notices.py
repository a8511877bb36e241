"""The demo's newsroom: a list of units, a notice that is out, one that waits for its editor."""

from datetime import datetime
from threading import Event

from portal.commands import demo_people, demo_units, desk, instance
from portal.commands.demo_people import DemoPerson
from portal.desk.domain import keys, units
from portal.desk.domain.notices import paragraphs, reviewing
from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.drafts import CaseEntry, Draft, Party
from portal.desk.domain.notices.releasing import Releasing
from portal.desk.domain.notices.reviewing import Reviewing
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.reference.days import local_day, utcnow
from portal.settings import Settings

REASON = "公开的说法，指不到具体的人"
VILLAGE = CaseEntry(
    unit="某镇某村",
    post="会计",
    people="甲",
    what="侵占集体资金",
    since="2022年",
    until="2024年",
    amount="3万余元",
    party_sanction="P3",
    sanctioned_on="2025年",
    recovered="3万余元",
)
CLINIC = CaseEntry(
    unit="某镇卫生院",
    post="工作人员",
    people="乙",
    what="违规收取费用",
    since="2023年",
    amount="1万余元",
    other_sanction="G2",
    sanctioned_on="2025年",
    recovered="1万余元",
)
RELEASED = Draft(
    kind="N01",
    title="青岚县纪委监委通报2起群众身边的腐败问题",
    summary="侵占集体资金、违规收取费用，4万余元已经追回。",
    area="A16",
    recovered="4万余元",
    sheet="呈〔2026〕3号",
    intro=paragraphs.opening("N01"),
    cases=(VILLAGE, CLINIC),
    closing=paragraphs.closing("N01"),
    parties=(
        Party("甲", "subject", "祁山河", unit="柳溪镇石桥村", post="会计"),
        Party("乙", "subject", "慕容雪", unit="柳溪镇卫生院", post="收费员"),
        Party("丙", "reporter", "阮青禾"),
    ),
)
DRAFTED = Draft(
    kind="N03",
    title="青岚县纪委监委通报1起形式主义问题",
    intro=paragraphs.opening("N03"),
    cases=(
        CaseEntry(
            unit="长桥镇",
            post="副镇长",
            people="甲",
            what="搞材料检查，增加基层负担",
            paragraph="<p>长桥镇副镇长卞秋棠要求各村反复报送材料，联系电话13900000000。</p>",
        ),
    ),
    closing=paragraphs.closing("N03"),
    parties=(Party("甲", "subject", "卞秋棠", unit="长桥镇", post="副镇长"),),
)


def play(settings: Settings, staff: list[DemoPerson]) -> None:
    """List units, draft two notices and release one, each step by whom it belongs to."""
    house = desk.open_house(settings, Event())
    try:
        _Newsroom(house, settings, staff).play(utcnow())
    finally:
        house.database.dispose()


class _Newsroom:
    def __init__(self, house: DeskHouse, settings: Settings, staff: list[DemoPerson]) -> None:
        self._house = house
        self._settings = settings
        self._editor = next(one for one in staff if one.role == Role.EDITOR)
        self._approver = next(one for one in staff if one.role == Role.APPROVER)

    def play(self, now: datetime) -> None:
        editing, reviewer = self._drafts(self._editor), self._reviewing()
        with self._house.database.writing() as session:
            units.take_in(session, demo_units.LISTED, by=self._editor.id, now=now)
            notice = editing.create(session, _written(RELEASED), person_id=self._editor.id, now=now)
            editing.create(session, DRAFTED, person_id=self._editor.id, now=now)
            by = self._editor.id
            reviewing.submit(session, editing, notice, seen=notice.version, person_id=by, now=now)
            draft = reviewer.drafts.newest(session, notice).draft
            left = reviewer.verdict(session, notice, draft, local_day(now)).unresolved
            reviewer.accept(session, notice, left, REASON, now)
            reviewer.approve(session, notice, naming=False, seen=notice.version, now=now)
            releasing = Releasing(reviewer, self._house.outbox, self._house.signing)
            releasing.publish(session, notice, seen=notice.version, not_before=None, now=now)

    def _drafts(self, person: DemoPerson) -> Drafts:
        secret = instance.read_secret(self._settings.desk_folder / instance.HOST_SECRET)
        with self._house.database.reading() as session:
            own = demo_people.own_key(session, person, secret)
            return Drafts(self._house.items, keys.open_held(session, person.id, own))

    def _reviewing(self) -> Reviewing:
        own = self._settings.body.name
        return Reviewing(self._drafts(self._approver), self._approver.id, own)


def _written(draft: Draft) -> Draft:
    """Return the draft with the house-style paragraph of each of its cases."""
    for number, case in enumerate(draft.cases):
        draft = draft.with_source(f"case-{number}", paragraphs.of_case(case))
    return draft
