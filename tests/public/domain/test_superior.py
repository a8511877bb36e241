"""Filing for the superior, and the folder that its files lie in until it has opened them."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.exchange.tables import Outgoing
from portal.public.domain import retention, superior
from portal.public.domain.derivation import derive_all
from portal.public.domain.drafts import SUPERIOR, DraftPlace, Filed
from portal.public.domain.reports import DraftChanged, NoDraft
from portal.public.domain.superior import ReferenceTaken
from portal.public.domain.tokens import Token
from portal.public.models.cases import Case
from portal.sealing import age
from portal.sealing.errors import SealingError
from portal.sealing.padding import unpad
from portal.superior import folder as superior_folder
from portal.superior.tables import SuperiorItem, SuperiorStream

ANSWERS = {"category": "own_staff", "story": "纪委的人压着不办，还收了烟酒。", "route": SUPERIOR}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "superior"


@pytest.fixture
def write(house, keyring, now):
    """Write a draft and seal it; return where it lies and what was sealed."""

    def write(reference="83172054", token=None, **answers):
        token = token or Token.draw()
        with house.database.writing() as session:
            draft = DraftPlace(session, house.drafts, token).revise(
                {**ANSWERS, **answers}, now, own_phone=False
            )
        pepper = house.peppers[0]
        keys = derive_all(house.filing_slots, draft.tracking_code, [pepper])[0]
        manifest = keyring.manifest(now.replace(microsecond=0))
        sealed = superior.seal(
            draft, keys, pepper.id, manifest, "2026-1", reference=reference, now=now
        )
        return token, sealed

    return write


@pytest.fixture
def file(house, now):
    def file(token, sealed):
        with house.database.writing() as session:
            place = DraftPlace(session, house.drafts, token)
            return superior.file(place, house.superior, sealed, now)

    return file


def opened(data, identity):
    return json.loads(unpad(age.decrypt(data, [identity])))


def rows(house, model):
    with house.database.reading() as session:
        return list(session.scalars(select(model)))


def keep(house, folder):
    superior_folder.keep(house.database, house.superior, folder)


def names(folder):
    return sorted(path.name for path in folder.glob("*.age"))


def test_only_the_superior_and_its_recovery_can_open_it(write, keyring):
    _token, sealed = write(name="卢望舒")
    for name, identity in keyring.identities.items():
        if name in {"superior", "superior_recovery"}:
            inside = opened(sealed.sealed, identity)
            assert inside["report"]["story"] == ANSWERS["story"]
            assert inside["report"]["subject"]["name"] == "卢望舒"
            assert inside["identity"] is None
            assert inside["reference"] == "83172054"
            assert superior_folder.receipt_id(inside["receipt"]) == sealed.id
        else:
            with pytest.raises(SealingError):
                age.decrypt(sealed.sealed, [identity])


def test_filing_is_one_line_one_item_one_stub_and_no_message(house, write, file):
    token, sealed = write()
    filed = file(token, sealed)
    (case,) = rows(house, Case)
    (item,) = rows(house, SuperiorItem)
    assert filed == Filed(sealed.draft.code, case.reference, case.received_on, SUPERIOR)
    assert case.state == "sealed_for_superior"
    assert house.superior.get(item.file) == sealed.sealed
    assert (item.id, item.number) == (sealed.id, None)
    assert rows(house, Outgoing) == []
    assert file(token, sealed) == filed
    assert len(rows(house, Case)) == len(rows(house, SuperiorItem)) == 1


def test_nothing_links_an_item_to_its_case(house, write, file):
    file(*write())
    (case,), (item,) = rows(house, Case), rows(house, SuperiorItem)
    of_the_case = {str(value) for value in vars(case).values()}
    of_the_item = {str(value) for name, value in vars(item).items() if not name.startswith("_")}
    assert of_the_case & of_the_item <= {"None"}


def test_a_failed_filing_leaves_nothing(house, write, file, now):
    token, sealed = write()
    with pytest.raises(RuntimeError), house.database.writing() as session:
        superior.file(DraftPlace(session, house.drafts, token), house.superior, sealed, now)
        raise RuntimeError
    assert rows(house, Case) == rows(house, SuperiorItem) == []
    assert house.superior.names() == set()
    assert isinstance(file(token, sealed), Filed)


def test_a_draft_that_changed_or_went_is_refused(write, file):
    token, sealed = write()
    write(token=token, name="另一个人")
    with pytest.raises(DraftChanged):
        file(token, sealed)
    with pytest.raises(NoDraft):
        file(Token.draw(), sealed)


def test_a_reference_that_is_taken_is_told(house, write, file):
    file(*write())
    with pytest.raises(ReferenceTaken):
        file(*write())
    assert len(rows(house, SuperiorItem)) == 1


def test_files_are_numbered_without_holes_and_tell_no_time(house, folder, write, file, keyring):
    for number in range(3):
        file(*write(f"1000000{number}"))
    keep(house, folder)
    (stream,) = rows(house, SuperiorStream)
    assert names(folder) == [f"{stream.epoch}-00000{number}.age" for number in (1, 2, 3)]
    for path in folder.glob("*.age"):
        assert path.stat().st_mtime % 86_400 == 0
        assert opened(path.read_bytes(), keyring.identities["superior"])["receipt"]
    file(*write("10000009"))
    keep(house, folder)
    assert names(folder)[-1] == f"{stream.epoch}-000004.age"


def test_a_file_that_was_taken_away_comes_back_until_its_receipt_does(
    house, folder, write, file, keyring
):
    file(*write())
    keep(house, folder)
    (path,) = folder.glob("*.age")
    data = path.read_bytes()
    path.unlink()
    keep(house, folder)
    assert path.read_bytes() == data
    receipt = opened(data, keyring.identities["superior_recovery"])["receipt"]
    assert superior_folder.leave_receipts(folder, f"已收到：{receipt.upper()}，谢谢。") == 1
    keep(house, folder)
    assert names(folder) == []
    assert rows(house, SuperiorItem) == []
    assert house.superior.names() == set()
    assert list((folder / "receipts").iterdir()) == []
    assert rows(house, Case)[0].state == "sealed_for_superior"


@pytest.mark.parametrize("before", [0, 1, 15, 16, 31, 32, 33])
def test_a_receipt_past_the_first_mebibyte_counts_too(house, folder, write, file, before):
    """So many digits of it end the first piece that is read of a file."""
    receipt = "0123456789abcdef" * 2
    file(*write())
    keep(house, folder)
    with house.database.writing() as session:
        item = session.scalars(select(SuperiorItem)).one()
        session.execute(update(SuperiorItem).values(id=superior_folder.receipt_id(receipt)))
        assert item.number == 1
    inbox = folder / "receipts"
    inbox.mkdir()
    filling = superior_folder.PIECE_BYTES - before
    (inbox / "long.txt").write_text(" " * filling + receipt + "\n" + f"{1:032x}\n" * 9000)
    keep(house, folder)
    assert (names(folder), rows(house, SuperiorItem)) == ([], [])
    assert list(inbox.iterdir()) == []


def test_only_a_receipt_from_inside_lets_a_file_go(house, folder, write, file):
    _token, sealed = write()
    file(_token, sealed)
    keep(house, folder)
    for text in ("", "没有", "0" * 32, sealed.id, names(folder)[0], sealed.id[:32]):
        superior_folder.leave_receipts(folder, text)
    keep(house, folder)
    assert len(names(folder)) == len(rows(house, SuperiorItem)) == 1


def test_a_process_killed_between_number_and_file_writes_the_same_file(
    house, folder, write, file, monkeypatch
):
    file(*write())

    def killed(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(superior_folder, "write_durably", killed)
        with pytest.raises(OSError, match="space"):
            keep(house, folder)
    (item,) = rows(house, SuperiorItem)
    assert item.number == 1
    keep(house, folder)
    assert names(folder) == [f"{item.epoch}-000001.age"]


def test_a_process_killed_while_it_takes_receipts_takes_them_again(  # noqa: PLR0917 — fixtures
    house, folder, write, file, keyring, monkeypatch
):
    file(*write())
    keep(house, folder)
    (path,) = folder.glob("*.age")
    receipt = opened(path.read_bytes(), keyring.identities["superior"])["receipt"]
    superior_folder.leave_receipts(folder, receipt)
    with monkeypatch.context() as patch:
        patch.setattr(house.superior, "discard_after_commit", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keep(house, folder)
    assert len(rows(house, SuperiorItem)) == 1
    keep(house, folder)
    assert (names(folder), rows(house, SuperiorItem)) == ([], [])


def test_an_older_database_begins_a_new_epoch_and_overwrites_nothing(house, folder, write, file):
    file(*write())
    keep(house, folder)
    (path,) = folder.glob("*.age")
    before = path.read_bytes()
    with house.database.writing() as session:
        for row in session.scalars(select(SuperiorItem)):
            session.delete(row)
        for stream in session.scalars(select(SuperiorStream)):
            stream.next_number = 1
    file(*write("20000000"))
    keep(house, folder)
    (item,) = rows(house, SuperiorItem)
    assert item.number == 1
    assert path.read_bytes() == before
    assert len(names(folder)) == 2


def test_bytes_that_a_disk_lost_are_told_and_hold_up_no_other_file(
    house, folder, write, file, caplog
):
    file(*write())
    (item,) = rows(house, SuperiorItem)
    (house.superior.folder / item.file).unlink()
    file(*write("20000000"))
    keep(house, folder)
    assert len(names(folder)) == 1
    assert "its bytes are gone" in caplog.text


def test_the_files_of_items_are_those_that_a_start_keeps(house, write, file):
    file(*write())
    with house.database.reading() as session:
        assert superior_folder.files(session) == house.superior.names()


def test_an_item_outlasts_its_case_until_it_is_fetched(house, folder, write, file, now):
    file(*write())
    with house.database.writing() as session:
        retention.purge(
            session,
            house.drafts,
            house.items,
            now + timedelta(days=900),
            kept=timedelta(days=730),
        )
    assert rows(house, Case) == []
    keep(house, folder)
    assert len(names(folder)) == 1
