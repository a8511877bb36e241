"""登记表: sealed to the case, corrected, indexed; a stolen database answers no guess."""

import hashlib
import hmac
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from portal.desk.domain import cases, keys, recusals, registration_index, registrations
from portal.desk.domain.boxes import derived
from portal.desk.domain.files import files_named
from portal.desk.domain.handing_over import CannotTake, hand_over
from portal.desk.domain.opening import KeyNotHeld
from portal.desk.domain.registration_index import PURPOSE
from portal.desk.domain.registrations import Sheet, SheetChanged, Written
from portal.desk.models.keys import Grant
from portal.desk.models.registrations import Registration, RegistrationToken
from portal.sealing import unseal
from portal.sealing.errors import NoMatchingIdentity
from tests.desk.arrivals import FILED, FILED_ON, Reporter
from tests.desk.casework import OFFICE, Office
from tests.desk.routes.test_nothing_in_clear import files_of, found_in, rows_of
from tests.desk.sheets import SUBJECT, fill_in
from tests.desk.staff import Colleague
from tests.desk.townships import open_township


def read(office: Office, reporter: Reporter, by: Colleague | None = None) -> Written | None:
    opener = office.opener(by or office.clerk)
    with office.house.database.reading() as session:
        case = cases.get(session, reporter.reference)
        return registrations.read(session, opener, case, opener.case_key(session, case))


def tokens(office: Office) -> dict[str, str]:
    with office.house.database.reading() as session:
        return {row.kind: row.token for row in session.scalars(select(RegistrationToken))}


def file_of(office: Office, reporter: Reporter) -> str:
    with office.house.database.reading() as session:
        return session.get_one(Registration, reporter.case).file


def test_a_sheet_is_read_by_who_opens_the_case_and_corrected_later(office: Office) -> None:
    township = open_township(office)
    reporter = township.given()
    assert read(office, reporter) is None
    fill_in(office, reporter, matter="修路款不公开𠮷")
    first, before = file_of(office, reporter), tokens(office)
    sheet = Sheet(**SUBJECT, matter="修路款不公开𠮷")
    expected = Written(1, FILED_ON, office.clerk.id, sheet)
    assert read(office, reporter, township.handler) == expected
    fill_in(office, reporter, by=office.colleague, seen=1, name="江望舒")
    corrected = read(office, reporter)
    assert corrected is not None
    assert corrected.sheet == Sheet(**{**SUBJECT, "name": "江望舒"})
    assert (corrected.revision, corrected.person_id) == (2, office.colleague.id)
    assert before["unit"] == tokens(office)["unit"]
    assert before["name"] != tokens(office)["name"]
    assert not (office.house.items.folder / first).exists()
    assert office.audited("sheet-written") == [
        (office.clerk.id, reporter.reference),
        (office.colleague.id, reporter.reference),
    ]


def test_two_who_write_at_once_do_not_overwrite_one_another(office: Office) -> None:
    reporter = fill_in(office, office.case_in("received"))
    with pytest.raises(SheetChanged):
        fill_in(office, reporter, by=office.colleague, name="江望舒")
    written = read(office, reporter)
    assert written is not None
    assert written.sheet == Sheet(**SUBJECT)


def test_who_has_no_key_of_the_index_writes_no_sheet(office: Office) -> None:
    township = open_township(office)
    reporter = township.given()
    with pytest.raises(KeyNotHeld):
        fill_in(office, reporter, by=township.handler)
    with pytest.raises(KeyNotHeld):
        fill_in(office, reporter, by=office.handler)
    assert read(office, reporter) is None


def test_a_stolen_desk_shows_no_sheet_and_answers_no_guess(office: Office, tmp_path: Path) -> None:
    reporter = fill_in(office, office.case_in("received"), matter="金丝雀修路款")
    secrets = {**SUBJECT, "matter": "金丝雀修路款"}
    stolen = rows_of(office.house.database) + files_of(tmp_path)
    assert reporter.reference.encode() in stolen
    assert found_in(stolen, secrets) == []
    key = derived(office.office_key.seed, PURPOSE)
    for secret in (key, office.office_key.seed):
        assert secret not in stolen
        assert secret.hex().encode() not in stolen
    kept = set(tokens(office).values())
    fields = {**SUBJECT, "category": ""}
    assert kept == set(registration_index.tokens(key, fields).values())
    # What a thief has instead of the key: nothing, and everything public.
    guesses = [b"", b"\0" * 32, str(office.office_key.recipient).encode(), OFFICE.encode()]
    for guess in guesses:
        assert not kept & set(registration_index.tokens(guess, fields).values())
    for message in ("江望川", "name\0江望川"):
        assert hashlib.sha256(message.encode()).hexdigest()[:32] not in kept
        assert hmac.digest(b"", message.encode(), "sha256")[:16].hex() not in kept


def test_the_key_of_the_index_needs_a_grant_of_the_office_key(office: Office) -> None:
    opener = office.opener(office.clerk)
    with office.house.database.reading() as session:
        assert registration_index.key_for(session, opener) == derived(
            office.office_key.seed, PURPOSE
        )
    with office.house.database.writing() as session:
        session.execute(
            delete(Grant).where(Grant.key_id == OFFICE, Grant.person_id == office.clerk.id)
        )
    opener = office.opener(office.clerk)
    with office.house.database.reading() as session:
        assert keys.held_ids(session, office.clerk.id)
        with pytest.raises(KeyNotHeld):
            registration_index.key_for(session, opener)


def test_no_shared_key_opens_a_sheet_and_a_rotten_one_is_told(office: Office) -> None:
    reporter = fill_in(office, office.case_in("received"))
    name = file_of(office, reporter)
    with pytest.raises(NoMatchingIdentity):
        unseal.open_words(
            office.house.items.get(name), [office.intake, office.office_key, office.recovery]
        )
    office.damage(name)
    written = read(office, reporter)
    assert written is not None
    assert written.sheet is None
    with office.house.database.reading() as session:
        assert name in files_named(session)


def test_a_case_is_not_passed_to_whom_its_sheet_alone_says_to_keep_away(office: Office) -> None:
    reporter = fill_in(office, office.case_in("accepted"))
    opener, secret = office.opener(office.clerk), office.house.host_secret
    with office.house.database.writing() as session:
        recusals.add(session, office.colleague.id, "江望川", secret, now=FILED)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        with pytest.raises(CannotTake):
            hand_over(
                session,
                opener,
                case,
                office.colleague.id,
                revision=case.revision,
                by=office.clerk.id,
                host_secret=secret,
                now=FILED,
            )
