"""People who draft and release notices, the key they share, and notices to work on."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from portal.desk.domain import keys
from portal.desk.domain.notices import drafting
from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.drafts import CaseEntry, Draft, Party
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.notices import Notice
from portal.sealing.keys import Identity
from tests.desk.staff import Colleague, hire, make_key, own_key

BEGUN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
NEXT = BEGUN + timedelta(hours=1)
NOTICE_KEY = "notices-1"
TAKER = Party(
    token="甲",
    role="subject",
    name="祁山河",
    other_names=("祁三河",),
    unit="青岚县柳溪镇石桥村",
    post="党支部书记",
)
WITNESS = Party(token="乙", role="witness", name="慕容雪", minor=True)
CASE = CaseEntry(
    unit="某镇某村",
    post="党支部原书记",
    people="甲",
    what="侵占集体资金问题",
    since="2023年",
    until="2024年",
    amount="3万余元",
    party_sanction="P2",
    sanctioned_on="2025年",
    paragraph="<p>某镇某村党支部原书记〔甲〕侵占集体资金问题。〔甲〕受到党内严重警告处分。</p>",
)
DRAFT = Draft(
    kind="N01",
    title="青岚县纪委监委通报1起典型问题",
    summary="某村干部侵占集体资金。",
    intro="<p>现将有关典型问题通报如下：</p>",
    cases=(CASE,),
    closing="<p>广大党员干部要引以为戒。</p>",
    parties=(TAKER, WITNESS),
)


@dataclass(frozen=True)
class Newsroom:
    """Two editors and two approvers; one of each is enough for most stories."""

    house: DeskHouse
    editor: Colleague
    other_editor: Colleague
    approver: Colleague
    other_approver: Colleague
    key: Identity

    def drafts(self, who: Colleague) -> Drafts:
        """What somebody opens drafts with, as after signing in."""
        own = own_key(self.house, who)
        with self.house.database.reading() as session:
            return Drafts(self.house.items, keys.open_held(session, who.id, own))

    def begin(self, draft: Draft = DRAFT, *, by: Colleague | None = None) -> str:
        """Begin a notice; return its id."""
        who = by or self.editor
        drafts = self.drafts(who)
        with self.house.database.writing() as session:
            return drafts.create(session, draft, person_id=who.id, now=BEGUN).id

    def save(
        self, notice_id: str, draft: Draft, *, by: Colleague | None = None, seen: int | None = None
    ) -> None:
        who = by or self.editor
        drafts = self.drafts(who)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            version = notice.version if seen is None else seen
            drafts.save(session, notice, draft, seen=version, person_id=who.id, now=NEXT)

    def change(self, notice_id: str, *, by: Colleague | None = None, **members: object) -> None:
        """Save the newest draft with other members."""
        self.save(notice_id, replace(self.draft(notice_id), **members), by=by)  # type: ignore[arg-type]  # by name

    def draft(self, notice_id: str) -> Draft:
        drafts = self.drafts(self.editor)
        with self.house.database.reading() as session:
            return drafts.newest(session, drafting.get(session, notice_id)).draft

    def notice(self, notice_id: str) -> Notice:
        """The notice's row as the database has it now."""
        with self.house.database.reading() as session:
            return drafting.get(session, notice_id)


def staff_newsroom(house: DeskHouse) -> Newsroom:
    """Hire everybody and make the key they share."""
    editor = hire(house, "mu.yunfei", Role.EDITOR, display_name="穆云霏")
    other_editor = hire(house, "shen.linxi", Role.EDITOR, Role.APPROVER, display_name="沈临溪")
    approver = hire(house, "jiang.wanzhao", Role.APPROVER, display_name="江晚照")
    other_approver = hire(house, "lu.qiubai", Role.APPROVER, display_name="陆秋白")
    everybody = [editor, other_editor, approver, other_approver]
    key = make_key(house, NOTICE_KEY, keys.NOTICES, everybody)
    return Newsroom(house, editor, other_editor, approver, other_approver, key)
