"""A report is opened once with the intake key, and ever after with a key of its own."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from portal.desk.domain import cases
from portal.desk.domain.opening import CannotOpen, KeyNotHeld, OpenedWords, Opener, TakenOver
from portal.desk.models.cases import CaseGrant
from portal.sealing import unseal
from portal.sealing.content import Subject
from portal.sealing.errors import NoMatchingIdentity
from portal.sealing.keys import Identity
from tests.desk.arrivals import FILED, FILED_ON, LATER, STORY, Reporter, deliver
from tests.desk.casework import OFFICE, Office

ANSWERED_ON = LATER.date()


def grants(office: Office, reporter: Reporter) -> dict[str, str]:
    with office.house.database.reading() as session:
        rows = session.scalars(select(CaseGrant).where(CaseGrant.case_id == reporter.case))
        return {row.key_id: row.file for row in rows}


def citizens_words(office: Office, reporter: Reporter) -> list[OpenedWords]:
    holding = office.opener(office.clerk)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        return holding.citizens_words(session, case, holding.case_key(session, case))


def take_over(office: Office, reporter: Reporter, holding: Opener | None = None) -> TakenOver:
    holding = holding or office.opener(office.clerk)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        return holding.take_over_words(session, case, ANSWERED_ON)


def test_the_first_opening_gives_the_case_its_own_key_and_drops_what_the_intake_opens(
    office: Office,
) -> None:
    reporter = office.arrive()
    came = office.case(reporter).content_file
    office.open(reporter)
    case = office.case(reporter)
    assert came not in office.house.items.names()
    assert case.content_file in office.house.items.names()
    sealed = office.house.items.get(case.content_file)
    for period_key in (office.intake, office.recovery):
        with pytest.raises(NoMatchingIdentity):
            unseal.open_report(sealed, [period_key])
    assert (case.category, case.registered_on) == ("village", FILED_ON)
    assert case.verify_key == reporter.keys.verify_key.hex()
    assert case.reply_recipient == str(reporter.keys.reply_recipient)


@pytest.mark.parametrize("who", ["office", "recovery"])
def test_the_office_and_the_recovery_open_the_case_from_then_on(office: Office, who: str) -> None:
    reporter = office.open(office.arrive())
    key_id, private = {
        "office": (OFFICE, office.office_key),
        "recovery": ("recovery", office.recovery),
    }[who]
    own = unseal.accept_grant(office.house.items.get(grants(office, reporter)[key_id]), private)
    case = office.case(reporter)
    content = Opener(office.house.items, {}).content(case, own)
    assert content == reporter.content()
    assert content.story == STORY
    assert sorted(grants(office, reporter)) == [OFFICE, "recovery"]


def test_an_opening_that_is_taken_back_leaves_everything_as_it_came(office: Office) -> None:
    reporter = office.arrive()
    files = office.house.items.names()
    holding = office.opener(office.clerk)
    with (
        pytest.raises(RuntimeError, match="the power fails"),
        office.house.database.writing() as session,
    ):
        case = cases.claim(session, reporter.reference, office.clerk.id, FILED)
        content = holding.sealed_content(case)
        recovery = office.recovery.recipient
        holding.register(session, case, content, recovery=recovery, today=FILED_ON)
        raise RuntimeError("the power fails")
    assert office.house.items.names() == files
    assert office.case(reporter).registered_on is None
    office.open(reporter)


def test_without_the_intake_key_of_the_period_nothing_opens(office: Office) -> None:
    case = office.case(office.arrive())
    with pytest.raises(KeyNotHeld):
        office.opener(office.handler).sealed_content(case)


@pytest.mark.parametrize("fault", ["damaged", "missing", "foreign"])
def test_a_report_that_does_not_open_says_so_and_stays(office: Office, fault: str) -> None:
    reporter = office.arrive()
    case = office.case(reporter)
    holding = office.opener(office.clerk)
    if fault == "damaged":
        office.damage(case.content_file)
    elif fault == "missing":
        office.house.items.discard(case.content_file)
    else:
        holding = Opener(office.house.items, {case.intake_key: office.office_key})
    files = office.house.items.names()
    with pytest.raises(CannotOpen):
        holding.sealed_content(case)
    assert office.house.items.names() == files


def test_a_registered_case_opens_for_holders_of_the_office_key_alone(office: Office) -> None:
    reporter = office.open(office.arrive())
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        office.opener(office.colleague).case_key(session, case)
        with pytest.raises(KeyNotHeld):
            office.opener(office.handler).case_key(session, case)


def test_a_handler_opens_the_case_as_soon_as_a_clerk_lets_them_in(office: Office) -> None:
    reporter = office.open(office.arrive())
    office.let_in(office.handler)
    holding = office.opener(office.handler)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        assert holding.content(case, holding.case_key(session, case)).story == STORY


def test_a_damaged_case_key_is_told_apart_from_one_that_is_not_held(office: Office) -> None:
    reporter = office.open(office.arrive())
    office.damage(office.grant_file(reporter))
    with office.house.database.reading() as session, pytest.raises(CannotOpen):
        office.opener(office.clerk).case_key(session, cases.get(session, reporter.reference))


def test_a_category_that_nobody_knows_does_not_reach_the_rows(office: Office) -> None:
    reporter = office.open(office.arrive(category="a-category-of-a-forged-report"))
    assert office.case(reporter).category is None


def test_new_words_are_sealed_while_nobody_took_them_over(office: Office) -> None:
    reporter = office.open(office.arrive())
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    assert citizens_words(office, reporter) == [
        OpenedWords(ANSWERED_ON, None, "reply", genuine=True)
    ]


def test_words_taken_over_are_the_whole_offices_and_no_longer_the_intakes(office: Office) -> None:
    reporter = office.open(office.arrive())
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    files = office.house.items.names()
    assert take_over(office, reporter) == TakenOver(opened=1, damaged=0, foreign=0)
    assert len(files - office.house.items.names()) == 1
    (new,) = office.house.items.names() - files
    with pytest.raises(NoMatchingIdentity):
        unseal.open_words(office.house.items.get(new), [office.intake, office.recovery])
    opened = OpenedWords(ANSWERED_ON, "前年春天", "reply", genuine=True)
    assert citizens_words(office, reporter) == [opened]
    assert take_over(office, reporter) == TakenOver(0, 0, 0)


def test_words_of_another_key_wait_for_somebody_who_holds_it(office: Office) -> None:
    reporter = office.open(office.arrive())
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    without_intake = Opener(office.house.items, {OFFICE: office.office_key})
    assert take_over(office, reporter, without_intake) == TakenOver(0, 0, 1)
    assert [words.text for words in citizens_words(office, reporter)] == [None]


def test_words_that_do_not_open_keep_nobody_from_the_others(office: Office) -> None:
    reporter = office.open(office.arrive())
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    before = office.house.items.names()
    forged = reporter.answer("假的", office.recipient, signed_by=Reporter.draw())
    deliver(office.house, forged)
    (name,) = office.house.items.names() - before
    office.damage(name)
    assert take_over(office, reporter) == TakenOver(opened=1, damaged=1, foreign=0)
    shown = {words.genuine: words.text for words in citizens_words(office, reporter)}
    assert shown == {True: "前年春天", False: None}
    assert name in office.house.items.names()


@pytest.mark.parametrize("forged", [True, False])
def test_words_sealed_to_nobodys_key_keep_nobody_from_the_others(
    office: Office, forged: bool
) -> None:
    reporter = office.open(office.arrive())
    stranger = Identity.generate().recipient
    signer = Reporter.draw() if forged else None
    deliver(office.house, reporter.answer("打不开的", stranger, signed_by=signer))
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    # Forged words do not wait for ever for somebody who opens them; genuine ones do.
    assert take_over(office, reporter) == TakenOver(1, 0, 0 if forged else 1)
    shown = citizens_words(office, reporter)
    assert sorted((one.text or "", one.damaged) for one in shown) == [
        ("", forged),
        ("前年春天", False),
    ]


def test_words_that_rotted_later_are_told_beside_the_others(office: Office) -> None:
    reporter = office.open(office.arrive())
    deliver(office.house, reporter.answer("前年春天", office.recipient))
    before = office.house.items.names()
    take_over(office, reporter)
    (name,) = office.house.items.names() - before
    office.damage(name)
    assert [words.damaged for words in citizens_words(office, reporter)] == [True]


def test_every_field_of_the_report_comes_out_as_it_was_typed(office: Office) -> None:
    subject = Subject("石桥村", "𠮷某", "会计", "L6", "青岚县柳溪镇")
    more: dict[str, Any] = {"place": "村\u200b口", "happened": "去年", "subject": subject}
    reporter = office.open(office.arrive(**more, helper=True))
    holding = office.opener(office.colleague)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        content = holding.content(case, holding.case_key(session, case))
    assert content == replace(reporter.content(), **more, helper=True)


def test_words_are_listed_by_their_day(office: Office) -> None:
    reporter = office.open(office.arrive())
    for day in (12, 10, 11):
        on = date(2026, 11, day)
        deliver(office.house, reporter.answer(f"{day}日", office.recipient, on=on))
    take_over(office, reporter)
    assert [words.text for words in citizens_words(office, reporter)] == ["10日", "11日", "12日"]
