"""Two groups of custodians with their keys, and named reports for them to open."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import update

from portal.desk.domain import cases, identity_requests, keys
from portal.desk.domain.identities import Custody
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.identities import IdentityRequest
from portal.sealing import age
from portal.sealing.content import NamedReporter
from portal.sealing.keys import Identity
from portal.sealing.seal import bind_identity, seal_identity_to
from tests.desk import stages
from tests.desk.arrivals import LATER, Reporter, deliver
from tests.desk.casework import Office
from tests.desk.staff import Colleague, hire, make_key, own_key

WHO = NamedReporter("欧阳青禾", "0990-1238866转12", call_me=True, contact_note="晚上七点以后")
REFERENCE = "83172054"
REASON = "办结后要打电话反馈结果，反映人要求电话告知。"


@dataclass(frozen=True)
class Custodians:
    """Two people of each group, and the private halves of the groups' keys."""

    office: Office
    asker: Colleague
    other_asker: Colleague
    decider: Colleague
    other_decider: Colleague
    key_a: Identity
    key_b: Identity

    @property
    def house(self) -> DeskHouse:
        return self.office.house

    def named_report(
        self,
        reference: str = REFERENCE,
        *,
        who: NamedReporter | None = WHO,
        named: bool = True,
        registered: bool = True,
    ) -> Reporter:
        """A report that arrived, says whether it is named, and was opened by the clerk."""
        reporter = Reporter.draw(reference)
        inner = seal_identity_to(who.to_fields() if who else None, self.key_b.recipient)
        identity = age.encrypt(inner, [self.key_a.recipient])
        content = bind_identity(replace(reporter.content(), named=named), identity)
        arriving = reporter.report(
            self.office.recipient,
            content=self.office.seal(content),
            identity=identity,
        )
        deliver(self.house, arriving)
        return self.office.open(reporter) if registered else reporter

    def custody(self, colleague: Colleague) -> Custody:
        """What a custodian opens with, as after signing in."""
        own = own_key(self.house, colleague)
        with self.house.database.reading() as session:
            held = keys.open_held(session, colleague.id, own)
        return Custody(self.house.items, colleague.id, own, held)

    def ask(
        self,
        reporter: Reporter,
        *,
        by: Colleague | None = None,
        reason: str = REASON,
        now: datetime = LATER,
    ) -> str:
        """Ask to open a report's identity; return the request's id."""
        custody = self.custody(by or self.asker)
        with self.house.database.writing() as session:
            case = cases.get(session, reporter.reference, lock=True)
            return custody.ask(session, case, reason, now).id

    def agree(self, request_id: str, *, by: Colleague | None = None, now: datetime = LATER) -> None:
        custody = self.custody(by or self.decider)
        with self.house.database.writing() as session:
            custody.agree(session, identity_requests.get(session, request_id, lock=True), now)

    def refuse(self, request_id: str, *, by: Colleague | None = None) -> None:
        custody = self.custody(by or self.decider)
        with self.house.database.writing() as session:
            request = identity_requests.get(session, request_id, lock=True)
            custody.refuse(session, request, "理由不够。", LATER)

    def view(
        self, request_id: str, *, by: Colleague | None = None, now: datetime = LATER
    ) -> NamedReporter:
        return self.custody(by or self.decider).view(self.request(request_id), now)

    def request(self, request_id: str) -> IdentityRequest:
        """The request's row as the database has it now."""
        with self.house.database.reading() as session:
            return identity_requests.get(session, request_id)

    def long_ago(self, request_id: str, ago: timedelta) -> None:
        """Let so much more time have passed since the request was asked and decided."""
        row = self.request(request_id)
        decided = row.decided_at - ago if row.decided_at else None
        moved = {"asked_at": row.asked_at - ago, "decided_at": decided}
        query = update(IdentityRequest).where(IdentityRequest.id == request_id)
        with self.house.database.writing() as session:
            session.execute(query.values(**moved))

    def forget_over(self, now: datetime) -> int:
        with self.house.database.writing() as session:
            return identity_requests.forget_over(session, self.house.items, now)


def appoint(office: Office) -> Custodians:
    """Hire two custodians of each group and make the keys they share."""
    staff = stages.once(office.house, "custodians", lambda: _hire_custodians(office.house))
    for one in staff[:4]:
        one.used.clear()
    return Custodians(office, *staff)


def _hire_custodians(
    house: DeskHouse,
) -> tuple[Colleague, Colleague, Colleague, Colleague, Identity, Identity]:
    asker = hire(house, "bai.xingzhou", Role.CUSTODIAN_A, display_name="白行舟")
    other_asker = hire(house, "gu.lanting", Role.CUSTODIAN_A, display_name="顾兰汀")
    decider = hire(house, "wen.heqing", Role.CUSTODIAN_B, display_name="温禾青")
    other_decider = hire(house, "xu.yanqiu", Role.CUSTODIAN_B, display_name="许砚秋")
    key_a = make_key(house, "custodian-a", "custodian_a", [asker, other_asker])
    key_b = make_key(house, "custodian-b", "custodian_b", [decider, other_decider])
    return asker, other_asker, decider, other_decider, key_a, key_b
