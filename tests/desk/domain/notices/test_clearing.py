"""Nobody is cleared in public who did not agree, nor longer, nor where fewer read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.desk.domain.notices import clearing, consents
from portal.desk.domain.notices.consents import NotCleared, UnknownConsent
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Reason, Refused
from tests.desk.cleared import (
    CLEARED,
    CLEARING,
    CONSENT,
    NAMING,
    TODAY,
    UNTIL,
    agree,
    agreed,
    out,
    take_back,
    troubled,
)
from tests.desk.newsroom import DRAFT, NEXT, Pressroom

OTHER = replace(CLEARED, token="丙", name="燕归南")
TWO = replace(CLEARING, parties=(*CLEARING.parties, OTHER))
DAY = timedelta(days=1)


def refused(pressroom: Pressroom, press: Callable[[], None]) -> set[Reason]:
    with pytest.raises(Refused) as refusal:
        press()
    return set(refusal.value.reasons)


def at_the_gate(pressroom: Pressroom, notice_id: str) -> set[Reason]:
    """Why it is neither approved, nor released at once or for a day."""
    approving = refused(pressroom, lambda: pressroom.approve(notice_id, naming=True))
    publishing = refused(pressroom, lambda: pressroom.publish(notice_id))
    later = refused(pressroom, lambda: pressroom.publish(notice_id, not_before=NEXT + DAY))
    assert publishing == later == {*approving, Reason.NOT_APPROVED}
    assert pressroom.sent() == []
    return approving


def test_with_a_consent_a_clarification_goes_out_until_its_day(pressroom: Pressroom) -> None:
    notice_id = out(pressroom)
    (document,) = pressroom.documents()
    assert (document.kind, document.expires_on) == ("N09", UNTIL)
    assert "顾长河" not in document.to_bytes().decode()
    assert troubled(pressroom) == {}
    assert pressroom.newsroom.notice(notice_id).expires_on == UNTIL


def test_with_a_consent_to_the_name_the_name_stands(pressroom: Pressroom) -> None:
    out(pressroom, NAMING, replace(CONSENT, may_name=True))
    assert "顾长河" in pressroom.documents()[0].body


@pytest.mark.parametrize(
    "draft",
    [
        CLEARING,
        replace(CLEARING, parties=()),
        replace(DRAFT, answers="2026-0001", expires_on=UNTIL.isoformat()),
    ],
)
def test_without_a_consent_nothing_goes_out(pressroom: Pressroom, draft: Draft) -> None:
    notice_id = pressroom.newsroom.begin(draft)
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    assert Reason.CONSENT in at_the_gate(pressroom, notice_id)


@pytest.mark.parametrize(
    ("draft", "consent", "reason"),
    [
        (TWO, {}, Reason.CONSENT),
        (CLEARING, {"until": TODAY - DAY}, Reason.CONSENT_OVER),
        (NAMING, {}, Reason.CONSENT_NAME),
        (CLEARING, {"until": UNTIL - DAY}, Reason.CONSENT_DAYS),
        (replace(CLEARING, expires_on=""), {}, Reason.CONSENT_DAYS),
        (
            replace(CLEARING, expires_on=(TODAY - DAY).isoformat()),
            {},
            Reason.CONSENT_DAYS,
        ),
        (replace(CLEARING, answers="2026-0001"), {}, Reason.ANSWERED),
    ],
)
def test_a_consent_is_good_for_what_was_agreed_to(
    pressroom: Pressroom, draft: Draft, consent: dict[str, Any], reason: Reason
) -> None:
    notice_id = agreed(pressroom, draft, replace(CONSENT, **consent))
    assert at_the_gate(pressroom, notice_id) == {reason}


def test_a_consent_that_ends_before_the_day_of_showing_is_none(pressroom: Pressroom) -> None:
    last = TODAY + timedelta(days=3)
    draft = replace(CLEARING, expires_on=last.isoformat())
    notice_id = agreed(pressroom, draft, replace(CONSENT, until=last))
    pressroom.approve(notice_id)
    after = NEXT + timedelta(days=4)
    reasons = refused(pressroom, lambda: pressroom.publish(notice_id, not_before=after))
    assert reasons == {Reason.CONSENT_OVER}
    pressroom.publish(notice_id, not_before=NEXT + DAY)


def test_the_consent_of_who_stood_there_before_is_not_that_of_another(
    pressroom: Pressroom,
) -> None:
    notice_id = agreed(pressroom)
    pressroom.newsroom.change(notice_id, parties=(replace(OTHER, token="甲"),))
    pressroom.submit(notice_id)
    assert Reason.CONSENT in at_the_gate(pressroom, notice_id)


def test_who_took_the_consent_releases_nothing(pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(CLEARING)
    agree(pressroom, notice_id, by=newsroom.other_editor)
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    both = newsroom.other_editor
    assert refused(pressroom, lambda: pressroom.approve(notice_id, both)) == {Reason.OWN}
    pressroom.approve(notice_id)


def test_a_consent_that_came_after_the_approval_is_looked_at_first(pressroom: Pressroom) -> None:
    notice_id = agreed(pressroom)
    pressroom.approve(notice_id)
    agree(pressroom, notice_id, replace(CONSENT, paper="6号"), now=NEXT + DAY)
    reasons = refused(pressroom, lambda: pressroom.publish(notice_id))
    assert reasons == {Reason.NOT_APPROVED}


def test_of_several_the_newest_counts(pressroom: Pressroom) -> None:
    notice_id = agreed(pressroom, NAMING, replace(CONSENT, may_name=True))
    agree(pressroom, notice_id, now=NEXT)
    assert at_the_gate(pressroom, notice_id) == {Reason.CONSENT_NAME}


def test_a_consent_is_taken_back_once_and_keeps_its_words(pressroom: Pressroom) -> None:
    notice_id = agreed(pressroom)
    drafts = pressroom.newsroom.drafts(pressroom.newsroom.approver)
    (consent_id,) = [one.row.id for one in given(pressroom, notice_id)]
    for _time in range(2):
        take_back(pressroom, notice_id, consent_id)
    (one,) = given(pressroom, notice_id)
    assert (one.consent, one.withdrawal) == (CONSENT, "本人来电话，不想再公开")
    assert at_the_gate(pressroom, notice_id) == {Reason.CONSENT_OVER}
    elsewhere = pressroom.newsroom.begin(CLEARING)
    for wrong in ((elsewhere, consent_id), (notice_id, "0" * 32)):
        with pytest.raises(UnknownConsent):
            take_back(pressroom, *wrong)
    for file in (one.row.file, one.row.withdrawal or ""):
        assert "顾长河".encode() not in drafts.items.get(file)


def given(pressroom: Pressroom, notice_id: str) -> list[consents.Opened]:
    drafts = pressroom.newsroom.drafts(pressroom.newsroom.editor)
    with pressroom.house.database.reading() as session:
        notice = pressroom.newsroom.notice(notice_id)
        return consents.of_notice(session, drafts, notice)


@pytest.mark.parametrize("wrong", [{"token": "乙"}, {"name": "燕归南"}])
def test_nobody_agrees_who_is_not_cleared(pressroom: Pressroom, wrong: dict[str, str]) -> None:
    notice_id = pressroom.newsroom.begin(CLEARING)
    with pytest.raises(NotCleared):
        agree(pressroom, notice_id, replace(CONSENT, **wrong))  # type: ignore[arg-type]  # by name
    with pytest.raises(NotCleared):
        agree(pressroom, pressroom.newsroom.begin(DRAFT))


def test_what_is_out_is_trouble_when_the_consent_is_taken_back(pressroom: Pressroom) -> None:
    notice_id = out(pressroom)
    (one,) = given(pressroom, notice_id)
    take_back(pressroom, notice_id, one.row.id)
    assert troubled(pressroom) == {notice_id: (Reason.CONSENT_OVER,)}
    assert troubled(pressroom, UNTIL + DAY) == {}
    pressroom.reopen(notice_id)
    assert troubled(pressroom) == {notice_id: (Reason.CONSENT_OVER,)}
    pressroom.withdraw(notice_id)
    assert troubled(pressroom) == {}


def test_a_narrower_consent_is_trouble_for_what_is_out(pressroom: Pressroom) -> None:
    notice_id = out(pressroom, NAMING, replace(CONSENT, may_name=True))
    sooner = replace(CONSENT, until=UNTIL - DAY)
    agree(pressroom, notice_id, sooner, now=NEXT)
    assert troubled(pressroom) == {notice_id: (Reason.CONSENT_NAME, Reason.CONSENT_DAYS)}


ANSWER = replace(CLEARING, answers="2026-0001", area="A16", region="990001")


def test_an_answer_reaches_whoever_finds_the_notice(pressroom: Pressroom) -> None:
    first = pressroom.release(replace(DRAFT, area="A16", region="990001"))
    for narrower in ({"area": ""}, {"region": "990002"}):
        notice_id = agreed(pressroom, replace(ANSWER, **narrower))  # type: ignore[arg-type]  # by name
        reasons = refused(pressroom, lambda one=notice_id: pressroom.approve(one))  # type: ignore[misc]  # bound now
        assert reasons == {Reason.REACH}
    answer = out(pressroom, ANSWER)
    with pressroom.house.database.reading() as session:
        told = clearing.answering(session, pressroom.newsroom.notice(first))
        assert [one.id for one in told] == [answer]
        assert clearing.answering(session, pressroom.newsroom.notice(answer)) == []


def test_when_the_notice_changes_its_place_its_answer_is_trouble(pressroom: Pressroom) -> None:
    first = pressroom.release(replace(DRAFT, area="A16", region="990001"))
    answer = out(pressroom, ANSWER)
    pressroom.reopen(first)
    pressroom.newsroom.change(first, area="A04")
    assert troubled(pressroom) == {}
    pressroom.go_out(first)
    assert troubled(pressroom) == {answer: (Reason.REACH,)}


def test_a_notice_that_was_withdrawn_is_answered_all_the_same(pressroom: Pressroom) -> None:
    first = pressroom.release(replace(DRAFT, area="A16", region="990001"))
    answer = out(pressroom, ANSWER)
    pressroom.withdraw(first)
    assert troubled(pressroom) == {}
    pressroom.withdraw(answer)
    with pressroom.house.database.reading() as session:
        assert clearing.answering(session, pressroom.newsroom.notice(first)) == []


def test_a_clarification_answers_neither_another_nor_itself(pressroom: Pressroom) -> None:
    first = out(pressroom)
    notice_id = agreed(pressroom, replace(CLEARING, answers="2026-0001"))
    assert Reason.ANSWERED in refused(pressroom, lambda: pressroom.approve(notice_id))
    pressroom.reopen(first)
    pressroom.newsroom.change(first, answers="2026-0001")
    assert Reason.ANSWERED in pressroom.verdict(first).reasons


def test_who_opens_no_draft_is_told_of_no_trouble(pressroom: Pressroom) -> None:
    notice_id = out(pressroom)
    (one,) = given(pressroom, notice_id)
    take_back(pressroom, notice_id, one.row.id)
    drafts = replace(pressroom.newsroom.drafts(pressroom.newsroom.editor), held={})
    with pressroom.house.database.reading() as session:
        assert clearing.troubled(session, drafts, TODAY) == {}
