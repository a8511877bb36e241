"""Candidates: the strongest first, and never what a person must not see, not even by number."""

from typing import Any

import pytest

from portal.desk.domain import candidates, cases, recusals, visibility
from portal.desk.domain.candidates import Candidate
from portal.desk.domain.recusals import note_met
from portal.desk.domain.roles import Role
from portal.desk.models.cases import Case
from portal.desk.models.registrations import Registration
from portal.sealing.content import Subject
from tests.desk.arrivals import FILED, Reporter
from tests.desk.casework import Office
from tests.desk.sheets import fill_in
from tests.desk.staff import Colleague
from tests.desk.townships import assign, open_township

PLAIN = "有人拿了集体的钱。"


def given(office: Office, reference: str, **fields: Any) -> Reporter:
    """An open case with a sheet; the report itself names nobody."""
    reporter = office.open(office.arrive(reference, story=PLAIN, place="", subject=Subject()))
    return fill_in(office, reporter, **fields)


def shown(
    office: Office, reporter: Reporter, by: Colleague, role: Role = Role.CLERK
) -> list[Candidate]:
    """What a person finds, seeing no more than the pages let them see."""
    opener = office.opener(by)
    with office.house.database.reading() as session:
        visibility.limit(session, visibility.viewer(session, by.id, [role]))
        return candidates.shown(
            session,
            opener,
            cases.get(session, reporter.reference),
            but=(),
            person_id=by.id,
            host_secret=office.house.host_secret,
        )


def references(found: list[Candidate]) -> list[str]:
    return [one.reference for one in found]


@pytest.fixture
def first(office: Office) -> Reporter:
    return given(office, "10000001", category="village")


def test_the_strongest_match_comes_first_and_says_what_is_the_same(
    office: Office, first: Reporter
) -> None:
    given(office, "10000002", name="", post="")
    given(office, "10000003", unit="望江村")
    given(office, "10000004", post="出纳")
    given(office, "10000005", name="", category="village")
    given(office, "10000006", unit="望江村", name="江望舒")
    given(office, "10000007", unit="望江村", post="", category="village")
    found = [(one.reference, one.same) for one in shown(office, first, office.clerk)]
    assert found == [
        ("10000004", ("unit", "name")),
        ("10000003", ("name", "post")),
        ("10000005", ("unit", "post", "category")),
        ("10000007", ("name", "category")),
        ("10000002", ("unit",)),
    ]


def test_a_candidate_is_shown_with_its_sheet_and_where_it_lies(
    office: Office, first: Reporter
) -> None:
    given(office, "10000002", matter="修路款")
    (found,) = shown(office, first, office.colleague)
    assert found.sheet is not None
    assert found.sheet.matter == "修路款"
    assert (found.state, found.holder_id) == ("received", office.clerk.id)
    assert shown(office, office.case_in("received", "10000009"), office.clerk) == []


def test_a_corrected_sheet_matches_by_its_new_words_alone(office: Office, first: Reporter) -> None:
    other = given(office, "10000002")
    fill_in(office, other, seen=1, unit="望江村", name="白帆", post="村长")
    assert shown(office, first, office.clerk) == []


def test_the_list_is_cut_off_at_the_strongest(
    office: Office, first: Reporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 1)
    given(office, "10000002", name="")
    given(office, "10000003")
    assert references(shown(office, first, office.clerk)) == ["10000003"]


def test_a_case_of_another_office_is_no_candidate_at_all(office: Office, first: Reporter) -> None:
    township = open_township(office)
    other = given(office, "10000002")
    office.do(first, "accept")
    assign(office, first, "office-2")
    assert references(shown(office, first, office.clerk)) == ["10000002"]
    assert shown(office, first, township.handler, Role.HANDLER) == []
    office.do(other, "accept")
    assign(office, other, "office-2")
    assert references(shown(office, first, township.handler, Role.HANDLER)) == ["10000002"]


def test_what_was_met_in_a_claim_is_no_candidate(office: Office, first: Reporter) -> None:
    other = given(office, "10000002")
    with office.house.database.writing() as session:
        note_met(session, session.get_one(Case, other.case), office.colleague.id, now=FILED)
    assert shown(office, first, office.colleague) == []
    assert references(shown(office, first, office.clerk)) == ["10000002"]


@pytest.mark.parametrize("listed", ["望江村", "黎家湾"])
def test_what_the_own_list_names_is_left_out_before_it_is_shown(
    office: Office, first: Reporter, listed: str
) -> None:
    # One village stands in the sheet, the other in the report alone.
    story = "黎家湾的账也是他管的。"
    other = office.open(office.arrive("10000002", story=story, place="", subject=Subject()))
    fill_in(office, other, unit="望江村")
    with office.house.database.writing() as session:
        recusals.add(session, office.colleague.id, listed, office.house.host_secret, now=FILED)
    assert shown(office, first, office.colleague) == []
    assert references(shown(office, first, office.clerk)) == ["10000002"]


def test_what_does_not_open_is_left_out_and_a_rotten_sheet_is_not(
    office: Office, first: Reporter
) -> None:
    other, rotten = given(office, "10000002"), given(office, "10000003")
    office.damage(office.case(other).content_file)
    with office.house.database.reading() as session:
        name = session.get_one(Registration, rotten.case).file
    office.damage(name)
    (found,) = shown(office, first, office.clerk)
    assert (found.reference, found.sheet) == ("10000003", None)
    office.take_keys_from(office.clerk)
    assert shown(office, first, office.clerk) == []
