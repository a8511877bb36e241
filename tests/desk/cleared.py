"""A clarification to work on: whose name it clears, and what that person agreed to."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from portal.desk.domain.notices import clearing, consents, drafting
from portal.desk.domain.notices.consents import Consent
from portal.desk.domain.notices.drafts import Draft, Party
from portal.desk.domain.notices.gate import Reason
from portal.exchange.notices import NAMED
from portal.reference.days import local_day
from tests.desk.newsroom import BEGUN, NEXT, WITNESS, Pressroom
from tests.desk.staff import Colleague

TODAY = local_day(NEXT)
UNTIL = TODAY + timedelta(days=90)
CLEARED = Party(token="甲", role="subject", name="顾长河", unit="柳溪镇", post="干部")
CLEARING = Draft(
    kind="N09",
    title="为顾某某同志澄清正名",
    intro="<p>经查，反映〔甲〕的问题不属实，现予以澄清。</p>",
    expires_on=UNTIL.isoformat(),
    parties=(CLEARED, WITNESS),
)
NAMING = replace(
    CLEARING,
    mode=NAMED,
    legal_basis="本人书面同意",
    parties=(replace(CLEARED, named=True), WITNESS),
)
CONSENT = Consent(
    token="甲",
    name="顾长河",
    on=TODAY,
    form=consents.WRITTEN,
    paper="青纪澄〔2026〕5号",
    taken_by="穆云霏",
    may_name=False,
    until=UNTIL,
)


def agree(
    pressroom: Pressroom,
    notice_id: str,
    consent: Consent = CONSENT,
    *,
    by: Colleague | None = None,
    now: datetime = BEGUN,
) -> str:
    """Record a consent; return its id."""
    who = by or pressroom.newsroom.editor
    drafts = pressroom.newsroom.drafts(who)
    with pressroom.house.database.writing() as session:
        notice = drafting.get(session, notice_id, lock=True)
        return consents.record(session, drafts, notice, consent, person_id=who.id, now=now).id


def take_back(pressroom: Pressroom, notice_id: str, consent_id: str) -> None:
    """Let somebody take a consent back."""
    who = pressroom.newsroom.approver
    drafts = pressroom.newsroom.drafts(who)
    with pressroom.house.database.writing() as session:
        notice = drafting.get(session, notice_id, lock=True)
        words = "本人来电话，不想再公开"
        consents.withdraw(session, drafts, notice, consent_id, words, person_id=who.id, now=NEXT)


def agreed(pressroom: Pressroom, draft: Draft = CLEARING, consent: Consent = CONSENT) -> str:
    """A clarification with a consent, that waits."""
    notice_id = pressroom.newsroom.begin(draft)
    agree(pressroom, notice_id, consent)
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    return notice_id


def out(pressroom: Pressroom, draft: Draft = CLEARING, consent: Consent = CONSENT) -> str:
    """A clarification that went out."""
    notice_id = agreed(pressroom, draft, consent)
    pressroom.approve(notice_id, naming=draft.is_named)
    pressroom.publish(notice_id)
    return notice_id


def troubled(pressroom: Pressroom, today: date = TODAY) -> dict[str, tuple[Reason, ...]]:
    """The clarifications that should not be shown any more."""
    drafts = pressroom.newsroom.drafts(pressroom.newsroom.approver)
    with pressroom.house.database.reading() as session:
        return clearing.troubled(session, drafts, today)
