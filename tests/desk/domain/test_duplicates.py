"""Cases that report the same: counted in order of receipt, linked and unlinked, sealed, audited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, duplicates, recusals, visibility
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.duplicates import NotRegistered, Repetition, SameCase, Together
from portal.desk.domain.files import files_named
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.recusals import MustRecuse, note_met
from portal.desk.domain.roles import Role
from portal.desk.models.cases import Case
from portal.desk.models.duplicates import Duplicate
from portal.sealing import unseal
from portal.sealing.errors import NoMatchingIdentity
from tests.desk.arrivals import FILED, LATER, LATER_ON, Reporter
from tests.desk.casework import Office
from tests.desk.domain.test_two_at_once import Outcome, at_once
from tests.desk.sheets import fill_in, link, linker, stands, unlink
from tests.desk.staff import Colleague
from tests.desk.townships import TOWNSHIP, Township, assign, open_township

NOTE = "同一笔修路款，时间也一样。𠮷"


def received(office: Office, reference: str, days: int) -> Reporter:
    """An open case that was received so many days after the first."""
    return office.open(office.arrive(reference, now=FILED + timedelta(days=days)))


@pytest.fixture
def three(office: Office) -> list[Reporter]:
    """Cases in another order than that of their references."""
    return [
        received(office, reference, n)
        for n, reference in enumerate(("30000000", "10000000", "20000000"))
    ]


def numbers(office: Office, reporters: list[Reporter]) -> list[tuple[int, int]]:
    return [
        (found.number, len(found.linked))
        for found in (stands(office, reporter) for reporter in reporters)
    ]


def seen_by(office: Office, reporter: Reporter, who: Colleague, role: Role) -> Repetition:
    opener = office.opener(who)
    with office.house.database.reading() as session:
        visibility.limit(session, visibility.viewer(session, who.id, [role]))
        case = cases.get(session, reporter.reference)
        found = duplicates.repetition(session, case)
        own = opener.case_key(session, case)
        return duplicates.with_notes(session, opener, case, own, found)


def notes(found: Repetition) -> list[str | None]:
    return [one.judged.note.text for one in found.linked if one.judged and one.judged.note]


def repeats_seen_by(office: Office, who: Colleague, role: Role, *asked: Reporter) -> frozenset[str]:
    with office.house.database.reading() as session:
        visibility.limit(session, visibility.viewer(session, who.id, [role]))
        return duplicates.repeats(session, [one.reference for one in asked])


def test_the_first_received_is_the_first_from_whichever_end_it_is_linked(
    office: Office, three: list[Reporter]
) -> None:
    assert numbers(office, three) == [(1, 0), (1, 0), (1, 0)]
    link(office, three[0], three[2])
    assert numbers(office, three) == [(1, 1), (1, 0), (2, 1)]
    link(office, three[2], three[1])
    assert numbers(office, three) == [(1, 2), (2, 2), (3, 2)]
    (direct, through) = sorted(stands(office, three[0]).linked, key=lambda one: one.judged is None)
    assert (direct.case.reference, through.judged) == (three[2].reference, None)
    assert direct.judged is not None
    assert (direct.judged.on, direct.judged.person_id) == (LATER_ON, office.clerk.id)
    everybody = repeats_seen_by(office, office.clerk, Role.CLERK, *three)
    assert everybody == {three[1].reference, three[2].reference}
    assert office.audited("case-linked") == [
        (office.clerk.id, f"{three[0].reference} {three[2].reference}"),
        (office.clerk.id, f"{three[2].reference} {three[1].reference}"),
    ]


def test_saying_it_twice_from_either_end_says_it_once(
    office: Office, three: list[Reporter]
) -> None:
    link(office, three[0], three[1], NOTE)
    link(office, three[0], three[1], "再按一次")
    link(office, three[1], three[0])
    assert len(office.audited("case-linked")) == 1
    assert notes(seen_by(office, three[0], office.clerk, Role.CLERK)) == [NOTE]


def test_two_who_link_from_either_end_at_once_link_once(
    office: Office, three: list[Reporter]
) -> None:
    def says(one: Reporter, other: Reporter) -> Callable[[], Outcome]:
        def attempt() -> Outcome:
            link(office, one, other, NOTE)
            return "linked"

        return attempt

    outcomes = at_once(says(three[0], three[1]), says(three[1], three[0]))
    assert outcomes == ["linked", "linked"]
    assert len(office.audited("case-linked")) == 1
    assert notes(seen_by(office, three[0], office.clerk, Role.CLERK)) == [NOTE]


def test_a_link_is_taken_back_and_its_note_goes(office: Office, three: list[Reporter]) -> None:
    link(office, three[0], three[1], NOTE)
    link(office, three[1], three[2])
    with office.house.database.reading() as session:
        files = {file for file in session.scalars(select(Duplicate.file)) if file}
        assert files <= files_named(session)
    for _press in range(2):
        unlink(office, three[1], three[0])
    assert numbers(office, three) == [(1, 0), (1, 1), (2, 1)]
    assert [name for name in files if (office.house.items.folder / name).exists()] == []
    unlink(office, three[1], three[2])
    assert office.audited("case-unlinked") == [
        (office.clerk.id, f"{three[1].reference} {three[0].reference}"),
        (office.clerk.id, f"{three[1].reference} {three[2].reference}"),
    ]


def test_the_note_opens_with_the_key_of_either_case_and_with_no_other(
    office: Office, three: list[Reporter]
) -> None:
    link(office, three[0], three[1], NOTE)
    for end in three[:2]:
        assert notes(seen_by(office, end, office.colleague, Role.CLERK)) == [NOTE]
    with office.house.database.reading() as session:
        name = session.scalars(select(Duplicate.file)).one()
    sealed = office.house.items.get(name or "")
    with pytest.raises(NoMatchingIdentity):
        unseal.open_words(sealed, [office.intake, office.office_key, office.recovery])
    office.damage(name or "")
    assert notes(seen_by(office, three[0], office.clerk, Role.CLERK)) == [None]


def test_what_cannot_be_linked_is_refused_by_name(office: Office, three: list[Reporter]) -> None:
    sealed = office.arrive("40000000")
    for other, refusal in ((three[0], SameCase), (sealed, NotRegistered)):
        with pytest.raises(refusal):
            link(office, three[0], other)
    with pytest.raises(UnknownCase):
        link(office, three[0], replace(sealed, reference="50000000"))
    by = linker(office, office.handler)
    with office.house.database.writing() as session, pytest.raises(KeyNotHeld):
        by.link(session, three[0].reference, three[1].reference, "", now=LATER)
    assert office.audited("case-linked") == []


@pytest.mark.parametrize("listed", ["石桥村", "江望川"])
def test_whom_one_must_keep_away_from_is_not_linked(
    office: Office, three: list[Reporter], listed: str
) -> None:
    fill_in(office, three[1])
    with office.house.database.writing() as session:
        recusals.add(session, office.colleague.id, listed, office.house.host_secret, now=FILED)
    by = linker(office, office.colleague)
    with office.house.database.writing() as session, pytest.raises(MustRecuse):
        by.link(session, three[0].reference, three[1].reference, "", now=LATER)


def given_away(township: Township, three: list[Reporter], which: tuple[int, ...]) -> None:
    for number in which:
        township.office.do(three[number], "accept")
        assign(township.office, three[number], TOWNSHIP)


def test_another_office_counts_only_what_it_sees(office: Office, three: list[Reporter]) -> None:
    township = open_township(office)
    link(office, three[0], three[1], NOTE)
    link(office, three[1], three[2])
    given_away(township, three, (1, 2))
    handler = (township.handler, Role.HANDLER)
    assert seen_by(office, three[1], *handler).number == 1
    assert [one.case.reference for one in seen_by(office, three[1], *handler).linked] == [
        "20000000"
    ]
    assert notes(seen_by(office, three[1], *handler)) == []
    assert seen_by(office, three[2], *handler).number == 2
    # What repeats only a case that they do not see is no repetition to them.
    assert repeats_seen_by(office, *handler, *three) == {"20000000"}
    assert repeats_seen_by(office, office.clerk, Role.CLERK, *three) == {"10000000", "20000000"}


def test_a_link_through_a_case_that_is_kept_from_somebody_leads_nowhere(
    office: Office, three: list[Reporter]
) -> None:
    link(office, three[0], three[1])
    link(office, three[1], three[2])
    with office.house.database.writing() as session:
        case = session.get_one(Case, three[1].case)
        note_met(session, case, office.colleague.id, now=FILED)
    for reporter in (three[0], three[2]):
        found = seen_by(office, reporter, office.colleague, Role.CLERK)
        assert (found.number, found.linked) == (1, ())
    assert repeats_seen_by(office, office.colleague, Role.CLERK, *three) == frozenset()


def test_the_one_that_lies_at_the_intake_is_offered_to_the_others_office(
    office: Office, three: list[Reporter]
) -> None:
    township = open_township(office)
    given_away(township, three, (0,))
    first, second = office.case(three[0]), office.case(three[1])

    def offer(one: Case, other: Case) -> Together | None:
        return duplicates.together(one, other, "office-1", office.clerk.id)

    # It is not accepted yet, so that it cannot be given away.
    assert offer(second, first) is None
    office.do(three[1], "accept")
    second = office.case(three[1])
    for pair in ((first, second), (second, first)):
        assert offer(*pair) == Together(three[1].reference, TOWNSHIP)
    assign(office, three[1], TOWNSHIP)
    assert offer(first, office.case(three[1])) is None
