"""内部记录: sealed to the case's own key, read by who opens the case, gone nowhere else."""

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, notes
from portal.desk.domain.files import files_named
from portal.desk.domain.notes import NotesChanged
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.models.notes import CaseNote
from portal.sealing import unseal
from portal.sealing.errors import NoMatchingIdentity
from tests.desk.arrivals import FILED, FILED_ON, Reporter, told
from tests.desk.casework import Office
from tests.desk.staff import Colleague
from tests.desk.townships import TOWNSHIP, assign, open_township

WORDS = "已电话核对账目。\n等镇里回函。𠮷"


def write(office: Office, reporter: Reporter, by: Colleague, text: str = WORDS, seen: int = 0):
    opener = office.opener(by)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        notes.write(session, opener, case, text, seen=seen, person_id=by.id, now=FILED)


def read(office: Office, reporter: Reporter, by: Colleague) -> list[tuple[str, str | None]]:
    opener = office.opener(by)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        kept = notes.read(session, opener, case, opener.case_key(session, case))
    assert {one.words.on for one in kept} <= {FILED_ON}
    return [(one.person_id, one.words.text) for one in kept]


def file_of(office: Office, reporter: Reporter) -> str:
    with office.house.database.reading() as session:
        query = select(CaseNote.file).where(CaseNote.case_id == reporter.case)
        return session.scalars(query).one()


def test_notes_stay_with_the_case_and_its_next_office_reads_them(office: Office) -> None:
    township = open_township(office)
    reporter = office.case_in("accepted")
    sent = len(told(office.house))
    revision = office.case(reporter).revision
    write(office, reporter, office.colleague)
    assign(office, reporter, TOWNSHIP)
    write(office, reporter, township.handler, "到了我们这里。", seen=1)
    expected = [(office.colleague.id, WORDS), (township.handler.id, "到了我们这里。")]
    assert read(office, reporter, township.colleague) == expected
    assert read(office, reporter, office.clerk) == expected
    assert len(told(office.house)) == sent
    assert office.case(reporter).revision == revision + 1
    assert office.audited("case-noted") == [
        (office.colleague.id, reporter.reference),
        (township.handler.id, reporter.reference),
    ]


def test_no_shared_key_and_no_reporter_opens_a_note(office: Office) -> None:
    reporter = office.case_in("accepted")
    write(office, reporter, office.clerk)
    sealed = office.house.items.get(file_of(office, reporter))
    with pytest.raises(NoMatchingIdentity):
        unseal.open_words(sealed, [office.intake, office.office_key, office.recovery])
    with pytest.raises(NoMatchingIdentity):
        reporter.keys.open_reply(sealed)


def test_a_second_press_writes_no_second_note(office: Office) -> None:
    reporter = office.case_in("accepted")
    write(office, reporter, office.clerk)
    with pytest.raises(NotesChanged):
        write(office, reporter, office.clerk)
    assert len(read(office, reporter, office.clerk)) == 1


def test_who_cannot_open_the_case_writes_nothing(office: Office) -> None:
    reporter = office.case_in("accepted")
    with pytest.raises(KeyNotHeld):
        write(office, reporter, office.handler)


def test_a_rotten_note_is_told_beside_the_others_and_its_file_is_kept(office: Office) -> None:
    reporter = office.case_in("accepted")
    write(office, reporter, office.clerk)
    name = file_of(office, reporter)
    office.damage(name)
    assert read(office, reporter, office.clerk) == [(office.clerk.id, None)]
    with office.house.database.reading() as session:
        assert name in files_named(session)
