"""People who draft and release notices, the key they share, and notices to work on."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from portal.desk.domain import keys
from portal.desk.domain.notices import drafting, reviewing
from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.drafts import CaseEntry, Draft, Party
from portal.desk.domain.notices.gate import Verdict
from portal.desk.domain.notices.releasing import Releasing
from portal.desk.domain.notices.reviewing import Reviewing
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.notices import Notice
from portal.exchange.kinds import Publication
from portal.exchange.messages import Message
from portal.exchange.notices import Notice as Document
from portal.exchange.notices import open_notice
from portal.exchange.outbox import from_draft
from portal.exchange.tables import Outgoing
from portal.reference.days import local_day
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


@dataclass(frozen=True)
class Pressroom:
    """A newsroom whose notices go out: what each person presses, one after another."""

    newsroom: Newsroom

    @property
    def house(self) -> DeskHouse:
        return self.newsroom.house

    def reviewing(self, who: Colleague | None = None) -> Reviewing:
        someone = who or self.newsroom.approver
        own = self.house.settings.body.name
        return Reviewing(self.newsroom.drafts(someone), someone.id, own)

    def submit(self, notice_id: str) -> None:
        drafts = self.newsroom.drafts(self.newsroom.editor)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            by, seen = self.newsroom.editor.id, notice.version
            reviewing.submit(session, drafts, notice, seen=seen, person_id=by, now=NEXT)

    def verdict(self, notice_id: str, who: Colleague | None = None) -> Verdict:
        judge = self.reviewing(who)
        with self.house.database.reading() as session:
            notice = drafting.get(session, notice_id)
            draft = judge.drafts.newest(session, notice).draft
            return judge.verdict(session, notice, draft, local_day(NEXT))

    def accept(self, notice_id: str, who: Colleague | None = None, *, reason: str = "") -> None:
        """Accept every finding that is left."""
        left = self.verdict(notice_id, who).unresolved
        judge = self.reviewing(who)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            judge.accept(session, notice, left, reason or "是地名，不是人名", NEXT)

    def approve(
        self, notice_id: str, who: Colleague | None = None, *, naming: bool = False
    ) -> None:
        judge = self.reviewing(who)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            judge.approve(session, notice, naming=naming, seen=notice.version, now=NEXT)

    def publish(
        self,
        notice_id: str,
        who: Colleague | None = None,
        *,
        not_before: datetime | None = None,
        now: datetime = NEXT,
    ) -> None:
        releasing = Releasing(self.reviewing(who), self.house.outbox, self.house.signing)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            releasing.publish(session, notice, seen=notice.version, not_before=not_before, now=now)

    def reopen(self, notice_id: str, why: str = "数字有误") -> None:
        drafts = self.newsroom.drafts(self.newsroom.editor)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            drafts.reopen(session, notice, why, person_id=self.newsroom.editor.id, now=NEXT)

    def withdraw(self, notice_id: str, reason: str = "事实有误", *, now: datetime = NEXT) -> None:
        releasing = Releasing(self.reviewing(), self.house.outbox, self.house.signing)
        with self.house.database.writing() as session:
            notice = drafting.get(session, notice_id, lock=True)
            releasing.withdraw(session, notice, reason, seen=notice.release, now=now)

    def release(self, draft: Draft = DRAFT, *, naming: bool = False) -> str:
        """Bring a notice out, every step by whom it belongs to; return its id."""
        notice_id = self.newsroom.begin(draft)
        self.go_out(notice_id, naming=naming)
        return notice_id

    def go_out(self, notice_id: str, *, naming: bool = False) -> None:
        self.submit(notice_id)
        self.accept(notice_id)
        self.approve(notice_id, naming=naming)
        self.publish(notice_id)

    def sent(self) -> list[Message]:
        """The publications that were queued, the oldest first."""
        query = select(Outgoing).where(Outgoing.kind == Publication.KIND)
        with self.house.database.reading() as session:
            rows = session.scalars(query).all()
        messages = [from_draft(self.house.items.get(row.file), "0" * 16, 1) for row in rows]
        return sorted(messages, key=lambda one: str(one.data["version"]))

    def documents(self) -> list[Document]:
        """The documents that were queued, opened with the desk's verify key."""
        verify_key = self.house.signing.public_key().public_bytes_raw()
        return [open_notice(one.parts["document"], verify_key) for one in self.sent()]
