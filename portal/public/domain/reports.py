"""Filing: from a draft to a case line and a sealed report on its way, in one transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.exchange.kinds import Report
from portal.exchange.outbox import Outbox
from portal.public.domain.drafts import Draft, DraftPlace, Filed
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.sealing.content import ReportContent, Subject
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.seal import bind_identity, seal_identity, seal_report

RECEIVED = "received"
REPORT = "report"
SEALED_TO = ("intake", "recovery", "custodian_a", "custodian_b")


class NoDraft(Exception):
    """There is no draft: none was begun, or its time is over."""


class DraftChanged(Exception):
    """The draft is not the one that was sealed: another tab changed it meanwhile."""


@dataclass(frozen=True)
class SealedReport:
    """A draft, ready to be filed; `pepper_id` names the generation of its code's keys."""

    draft: Draft
    lookup_hash: str
    pepper_id: str
    content: bytes
    identity: bytes
    keys: Mapping[str, str]


def draw_reference() -> str:
    """Draw an eight-digit reference as the public site does: the first digit is 1 to 8."""
    return str(10_000_000 + secrets.randbelow(80_000_000))


def seal(
    draft: Draft, keys: CodeKeys, pepper_id: str, manifest: Manifest, vocabulary: str
) -> SealedReport:
    """Seal a draft to the keys in force; done before the transaction begins.

    :param vocabulary: the version that the draft's category belongs to
    """
    identity = seal_identity(identity_of(draft), manifest)
    content = bind_identity(content_of(draft, keys, vocabulary), identity)
    return SealedReport(
        draft=draft,
        lookup_hash=keys.lookup_hash,
        pepper_id=pepper_id,
        content=seal_report(content, manifest),
        identity=identity,
        keys={name: manifest.recipients[name].key_id for name in SEALED_TO},
    )


def content_of(draft: Draft, keys: CodeKeys, vocabulary: str) -> ReportContent:
    """Return what a draft says, with the public keys that its code gives."""
    return ReportContent(
        category=draft.category,
        vocabulary=vocabulary,
        story=draft.story,
        place=draft.place,
        happened=draft.happened,
        subject=Subject(draft.unit, draft.name, draft.post, draft.level, draft.region),
        reply_recipient=keys.reply_recipient,
        verify_key=keys.verify_key,
        helper=draft.helper,
        named=draft.reporter is not None,
    )


def identity_of(draft: Draft) -> Mapping[str, str] | None:
    """Return who reports, as it is sealed apart; None for an anonymous report."""
    return draft.reporter.to_fields() if draft.reporter else None


def file(
    place: DraftPlace,
    outbox: Outbox,
    sealed: SealedReport,
    now: datetime,
    *,
    draw: Callable[[], str] = draw_reference,
) -> Filed:
    """File a sealed draft: case line, outgoing report and the draft's stub together.

    Idempotent on the draft: whoever comes second gets the first one's answer.

    :raises NoDraft: when the draft is gone and no stub of it is left.
    :raises DraftChanged: when the draft is no longer the one that was sealed.
    """
    filed_before = filed_already(place, sealed.draft, now)
    if filed_before:
        return filed_before
    reference = _free_reference(place.session, draw)
    case = open_case(
        place.session, sealed.lookup_hash, sealed.pepper_id, reference, RECEIVED, local_day(now)
    )
    report = Report(case=case.id, reference=case.reference, keys=sealed.keys)
    parts = {"content": sealed.content, "identity": sealed.identity}
    outbox.enqueue(place.session, Report.KIND, report.data(), parts, now)
    filed = Filed(sealed.draft.code, case.reference, case.received_on)
    place.leave_stub(filed, now)
    return filed


def filed_already(place: DraftPlace, sealed: Draft, now: datetime) -> Filed | None:
    """Hold the draft that was sealed until the transaction ends; return its stub when it is filed.

    :raises NoDraft: when the draft is gone and no stub of it is left.
    :raises DraftChanged: when the draft is no longer the one that was sealed.
    """
    present = place.hold(now)
    if present is None:
        raise NoDraft
    if isinstance(present, Filed):
        return present
    if present != sealed:
        raise DraftChanged
    return None


def open_case(  # noqa: PLR0917 — a row's columns, in their order
    session: Session, lookup_hash: str, pepper_id: str, reference: str, state: str, today: date
) -> Case:
    """Add the line of a new case and that its report was sent today."""
    case = Case(
        id=secrets.token_hex(16),
        lookup_hash=lookup_hash,
        pepper_id=pepper_id,
        reference=reference,
        received_on=today,
        state=state,
        state_on=today,
        revision=0,
        progress=None,
    )
    session.add(case)
    session.flush()
    session.add(
        Submission(id=secrets.token_hex(32), case_id=case.id, kind=REPORT, on=today, revision=0)
    )
    return case


def is_free(session: Session, reference: str) -> bool:
    """Tell whether no case has this reference."""
    return session.scalar(select(Case.id).where(Case.reference == reference)) is None


def _free_reference(session: Session, draw: Callable[[], str]) -> str:
    while True:
        reference = draw()
        if is_free(session, reference):
            return reference
