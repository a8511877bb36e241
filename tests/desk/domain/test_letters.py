"""A letter, a visit, a call: registered at once, with its own key, and claimed by its clerk."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.desk.domain import clocks, identity_parts, progress
from portal.desk.domain.files import files_named
from portal.desk.domain.letters import Reporter, draw_reference, letter_of
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.terms import ACCEPT, ASSIGN
from portal.desk.models.cases import Case, CaseEvent
from portal.sealing import unseal
from tests.desk.arrivals import LATER_ON, told
from tests.desk.casework import OFFICE, Office
from tests.desk.domain.test_two_at_once import at_once
from tests.desk.paper import PAPER, RECEIVED_ON, enter


def fields_of(office: Office, case: Case) -> dict[str, str] | None:
    """What the custodians of both groups find; these tests give both the recovery key."""
    sealed = office.house.items.get(case.identity_file)
    layer = unseal.open_identity_layer(sealed, [office.recovery])
    return unseal.open_identity(layer, [office.recovery])


def test_a_letter_is_registered_at_once_and_counts_from_its_receipt(office: Office) -> None:
    case = enter(office)
    assert case.reference == "90000001"
    assert (case.channel, case.received_on, case.state_on) == ("XIN", RECEIVED_ON, RECEIVED_ON)
    assert case.look_by == date(2026, 11, 17)
    assert (case.state, case.registered_on, case.category) == ("received", LATER_ON, "village")
    assert (case.claimed_by, case.claimed_on) == (office.clerk.id, LATER_ON)
    assert case.office_id == OFFICE
    assert (case.reply_recipient, case.verify_key, case.claimed_slip) == (None, None, None)
    with office.house.database.reading() as session:
        letter = letter_of(session, case)
        (event,) = session.scalars(select(CaseEvent))
        terms = clocks.standing(session, case).terms
    assert letter is not None
    assert (letter.postmark, letter.pages, letter.signers) == (date(2026, 11, 8), 3, 12)
    assert (letter.repeated, letter.answerable, letter.named) == (True, True, False)
    assert (event.act, event.on, event.person_id) == ("received", RECEIVED_ON, office.clerk.id)
    assert {term.kind for term in terms} == {ACCEPT, ASSIGN}
    assert {term.starts_on for term in terms} == {RECEIVED_ON}
    assert office.audited("case-entered") == [(office.clerk.id, "90000001")]


def test_the_whole_office_and_the_recovery_key_open_what_was_entered(office: Office) -> None:
    case = enter(office)
    holding = office.opener(office.colleague)
    with office.house.database.reading() as session:
        own = holding.case_key(session, case)
        wanted = files_named(session)
    content = holding.content(case, own)
    assert (content.story, content.place) == (PAPER.story, PAPER.place)
    assert content.subject == PAPER.subject
    assert content.identity_sha256 is not None
    assert identity_parts.fits(office.house.items, case, content.identity_sha256)
    assert office.house.items.names() - office.outgoing_files() == wanted
    with pytest.raises(KeyNotHeld), office.house.database.reading() as session:
        office.opener(office.handler).case_key(session, case)


def test_a_name_is_sealed_to_the_custodians_and_nowhere_else(office: Office) -> None:
    nobody = enter(office)
    somebody = enter(
        office,
        once="another form",
        references=("90000002",),
        reporter=Reporter("柳小满", "13900000001"),
    )
    assert (nobody.named, somebody.named) == (False, True)
    assert fields_of(office, nobody) is None
    assert fields_of(office, somebody) == {
        "full_name": "柳小满",
        "phone": "13900000001",
        "call_me": "no",
        "contact_note": "",
    }
    sizes = {len(office.house.items.get(one.identity_file)) for one in (nobody, somebody)}
    assert len(sizes) == 1
    with office.house.database.reading() as session:
        letter = letter_of(session, somebody)
    assert letter is not None
    assert letter.named


def test_the_desk_draws_references_that_begin_with_nine() -> None:
    assert {draw_reference()[0] for _ in range(50)} == {"9"}


def test_a_reference_that_is_taken_is_drawn_again(office: Office) -> None:
    enter(office)
    other = enter(office, once="another form", references=("90000001", "90000007"))
    assert other.reference == "90000007"


def test_the_same_form_a_second_time_finds_the_case_of_the_first(office: Office) -> None:
    assert enter(office).id == enter(office, references=("90000009",)).id
    assert len(office.audited("case-entered")) == 1


def test_two_clicks_at_once_enter_one_case(office: Office) -> None:
    outcomes = at_once(
        lambda: enter(office, references=("90000001",)).reference,
        lambda: enter(office, references=("90000002",)).reference,
    )
    assert len(set(outcomes)) == 1
    assert len(office.audited("case-entered")) == 1


def test_who_holds_no_office_key_enters_nothing(office: Office) -> None:
    with pytest.raises(KeyNotHeld):
        enter(office, by=office.handler)
    with office.house.database.reading() as session:
        assert session.scalars(select(Case)).all() == []
    assert office.house.items.names() == set()


def test_the_public_site_hears_nothing_of_a_case_that_it_does_not_know(office: Office) -> None:
    case = enter(office)
    with office.house.database.writing() as session:
        there = session.get_one(Case, case.id)
        progress.note(session, there, "accept", office.clerk.id, LATER_ON)
        progress.send(session, office.house.items, office.house.outbox, there, LATER_ON)
    assert told(office.house) == []
