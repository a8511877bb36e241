"""An office at work: clerks and a handler with their keys, and what they do to cases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from sqlalchemy import select

from portal.desk.domain import cases, key_losses, keys
from portal.desk.domain.act_kinds import ACTS
from portal.desk.domain.acts import Decision, Desk
from portal.desk.domain.opening import Opener
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.audit import AuditEntry
from portal.desk.models.cases import Case, CaseGrant
from portal.desk.models.people import Person
from portal.desk.models.replies import CaseReply
from portal.exchange.tables import Outgoing
from portal.reference.days import local_day
from portal.sealing import age
from portal.sealing.content import ReportContent
from portal.sealing.keys import Identity, Recipient
from portal.sealing.manifest import (
    RECIPIENT_NAMES,
    VERIFY_KEY_NAMES,
    Manifest,
    NamedRecipient,
    sign_manifest,
)
from portal.sealing.padding import pad_text
from tests.desk import stages
from tests.desk.arrivals import FILED, FILED_ON, INTAKE, LATER, Reporter, case_of, deliver
from tests.desk.staff import Colleague, hire, make_key, own_key, sign_in
from tests.pages import Browser

OFFICE = "office-1"
WORDS: Mapping[str, str] = {
    "accept": "您反映的关于修路款的问题，我们已经受理。",
    "start": "",
    "close": "您反映的修路款一事已经按规定办理完毕，账目已经公开。",
    "need-more": "是哪一年的修路款？",
    "reply": "关于修路款，现在可以告诉您：正在核对账目。",
    "transfer": "您反映的修路款，按规定由〔机关〕办理，我们已经转送。",
    "out-of-scope": "您反映的修路款，按规定不由我们受理。这件事可以找〔去处〕。",
    "reopen": "",
    "withdraw-note": "您的撤回申请我们看到了，您反映的问题还要办理。",
    "review-start": "",
    "review-close": "您申请复查的修路款，我们重新看过了：原来的办理是妥当的。",
}
PLACES: Mapping[str, str] = {"transfer": "云河市交通运输局", "out-of-scope": "12345"}
PATHS: Mapping[str, tuple[str, ...]] = {
    "received": (),
    "accepted": ("accept",),
    "in_progress": ("accept", "start"),
    "need_more": ("need-more",),
    "closed": ("accept", "close"),
    "transferred": ("transfer",),
    "out_of_scope": ("out-of-scope",),
}


@dataclass(frozen=True)
class Office:
    """A desk with three people at work, and the private halves of its keys."""

    house: DeskHouse
    clerk: Colleague
    colleague: Colleague
    handler: Colleague
    intake: Identity
    office_key: Identity
    recovery: Identity

    def arrive(
        self, reference: str = "83172054", *, now: datetime = FILED, **changes: object
    ) -> Reporter:
        """Let a report arrive; `changes` are members of its content."""
        reporter = Reporter.draw(reference)
        content = replace(reporter.content(), **changes)  # type: ignore[arg-type]  # by name
        deliver(self.house, reporter.report(self.recipient, content=self.seal(content), now=now))
        return reporter

    @property
    def recipient(self) -> Recipient:
        return self.intake.recipient

    def seal(self, content: ReportContent) -> bytes:
        return age.encrypt(pad_text(content.to_bytes()), [self.recipient, self.recovery.recipient])

    def opener(self, colleague: Colleague) -> Opener:
        """What the colleague can open, as after signing in."""
        own = own_key(self.house, colleague)
        with self.house.database.reading() as session:
            return Opener(self.house.items, keys.open_held(session, colleague.id, own))

    def open(self, reporter: Reporter, now: datetime = FILED) -> Reporter:
        """Let the clerk claim and register the report."""
        opener = self.opener(self.clerk)
        with self.house.database.writing() as session:
            case = cases.claim(session, reporter.reference, self.clerk.id, now)
            opener.register(
                session,
                case,
                opener.sealed_content(case),
                recovery=self.recovery.recipient,
                today=local_day(now),
            )
        return reporter

    def do(
        self,
        reporter: Reporter,
        code: str,
        words: str | None = None,
        *,
        now: datetime = FILED,
        by: Colleague | None = None,
    ) -> None:
        """Let somebody, the clerk unless told, do an act with words that suit it."""
        with self.house.database.writing() as session:
            case = cases.get(session, reporter.reference, lock=True)
            text = WORDS[code] if words is None else words
            person_id = (by or self.clerk).id
            place = PLACES.get(code, "")
            decision = Decision(ACTS[code], text, case.revision, person_id, place)
            Desk(self.house.items, self.house.outbox).perform(session, case, decision, now)

    def case_in(self, state: str, reference: str = "83172054") -> Reporter:
        """A registered case of the clerk's that stands there."""
        reporter = self.open(self.arrive(reference))
        for code in PATHS.get(state, ()):
            self.do(reporter, code)
        if state not in PATHS:
            with self.house.database.writing() as session:
                cases.get(session, reference).state = state
        return reporter

    def reviewed(self, reference: str = "83172054") -> Reporter:
        """A closed case whose reporter asked for a review that the colleague began."""
        reporter = self.case_in("closed", reference)
        deliver(self.house, reporter.answer("账目没有公布", self.recipient, purpose="review"))
        self.do(reporter, "review-start", by=self.colleague, now=LATER)
        return reporter

    def case(self, reporter: Reporter) -> Case:
        return case_of(self.house, reporter)

    def release(self, reporter: Reporter) -> None:
        with self.house.database.writing() as session:
            case = cases.get(session, reporter.reference)
            cases.release(session, case, self.clerk.id, FILED)

    def let_in(self, colleague: Colleague) -> None:
        """Let the clerk grant the office key to a colleague."""
        with self.house.database.writing() as session:
            keys.grant(
                session,
                key_id=OFFICE,
                to=colleague.id,
                by=self.clerk.id,
                by_own=own_key(self.house, self.clerk),
                now=LATER,
            )

    def grant_file(self, reporter: Reporter) -> str:
        """The file of the case key as it is wrapped to the office."""
        with self.house.database.reading() as session:
            return session.get_one(CaseGrant, (reporter.case, OFFICE)).file

    def reply_file(self, reporter: Reporter, number: int, *, of: str = "desk") -> str:
        """The file of what the desk wrote, of the `desk` or of the `reporter`."""
        with self.house.database.reading() as session:
            reply = session.get_one(CaseReply, (reporter.case, number))
        return reply.desk_file if of == "desk" else reply.reporter_file or ""

    def outgoing_files(self) -> set[str]:
        """The files of messages on their way, which these tests keep in the same store."""
        with self.house.database.reading() as session:
            return set(session.scalars(select(Outgoing.file)))

    def take_keys_from(self, colleague: Colleague) -> None:
        """Take every key from a person, as losing the password does."""
        with self.house.database.writing() as session:
            key_losses.withdraw_all(session, session.get_one(Person, colleague.id))

    def damage(self, name: str) -> None:
        """Let a byte of a sealed file rot."""
        path = self.house.items.folder / name
        rotten = bytearray(path.read_bytes())
        rotten[-1] ^= 1
        path.write_bytes(rotten)

    def audited(self, act: str) -> list[tuple[str | None, str]]:
        """Who did an act to what, in order."""
        query = select(AuditEntry.person_id, AuditEntry.target).where(AuditEntry.act == act)
        query = query.order_by(AuditEntry.n)
        with self.house.database.reading() as session:
            return [(person, target) for person, target in session.execute(query)]


def a_row(number: int) -> Case:
    """A registered case without files, for long lists."""
    return Case(
        id=f"{number:032x}",
        reference=str(10_000_000 + number),
        received_on=FILED_ON,
        look_by=FILED_ON,
        look_by_provisional=False,
        state="accepted",
        state_on=FILED_ON,
        revision=2,
        registered_on=FILED_ON,
        category="village",
        intake_key="intake-2026-4",
        content_file="-",
        identity_file="-",
    )


def open_office(house: DeskHouse, folder: Path, root: Ed25519PrivateKey) -> Office:
    """Hire three people, make the keys they share, and a manifest that names them."""
    staff = stages.once(house, "office", lambda: _hire_an_office(house))
    *people, intake, _, recovery = staff
    for one in people:
        one.used.clear()
    write_manifest(folder / "manifest.json", root, intake.recipient, recovery.recipient)
    return Office(house, *staff)


def _hire_an_office(
    house: DeskHouse,
) -> tuple[Colleague, Colleague, Colleague, Identity, Identity, Identity]:
    clerk = hire(house, "chen.yu", Role.CLERK, display_name="陈雨")
    colleague = hire(house, "lin.tao", Role.CLERK, display_name="林涛")
    handler = hire(house, "shen.du", Role.HANDLER, display_name="沈渡")
    intake = make_key(house, INTAKE, "intake", [clerk, colleague])
    office_key = make_key(house, OFFICE, "office", [clerk, colleague], members=[handler])
    return clerk, colleague, handler, intake, office_key, Identity.generate()


def write_manifest(
    path: Path, root: Ed25519PrivateKey, intake: Recipient, recovery: Recipient
) -> None:
    """Write a manifest in force that names these two keys."""
    now = datetime.now(UTC).replace(microsecond=0)
    known = {"intake": intake, "recovery": recovery}
    manifest = Manifest(
        version=2,
        issued_at=now,
        not_before=now - timedelta(days=1),
        not_after=now + timedelta(days=400),
        recipients={
            name: NamedRecipient(INTAKE if name == "intake" else name, known.get(name, recovery))
            for name in RECIPIENT_NAMES
        },
        verify_keys=dict.fromkeys(VERIFY_KEY_NAMES, bytes(32)),
        peppers=("pepper-1",),
    )
    path.write_bytes(sign_manifest(manifest, root))


def at_work(app: Flask, colleague: Colleague, page: str = "/") -> Browser:
    """A browser in which the colleague is signed in and has a page open."""
    browser = sign_in(app, colleague)
    browser.open(page)
    return browser


def writing(app: Flask, office: Office, code: str, reference: str = "83172054") -> Browser:
    """The clerk's browser, where an act's words are to be written."""
    return at_work(app, office.clerk, f"/cases/{reference}/acts/{code}")
