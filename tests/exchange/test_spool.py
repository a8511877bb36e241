import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal.exchange.spool import BadSpoolSetting, Spool, TooLargeToSend
from tests.exchange.crossing import new_id

DAY = date(2026, 11, 20)


@pytest.fixture
def up(tmp_path: Path) -> Path:
    return tmp_path / "up"


@pytest.fixture
def sender(tmp_path: Path) -> Spool:
    spool = Spool(tmp_path / "up", tmp_path / "down", part_bytes=1024)
    spool.prepare()
    return spool


@pytest.fixture
def receiver(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "down", tmp_path / "up", part_bytes=1024)


def received(spool: Spool) -> list[bytes]:
    return [data for _handle, data in spool.receive()]


@pytest.mark.parametrize(
    ("size", "files"), [(0, 1), (1, 1), (1024, 1), (1025, 2), (2048, 2), (5000, 5)]
)
def test_a_message_is_cut_into_files_and_joined_again(sender, receiver, up, size, files):
    data = os.urandom(size)
    sender.send(new_id(), data, DAY)
    assert len(list(up.iterdir())) == files
    assert received(receiver) == [data]


def test_names_are_short_plain_and_tell_only_id_and_part(sender, up):
    message_id = new_id()
    sender.send(message_id, bytes(1500), DAY)
    names = sorted(path.name for path in up.iterdir())
    assert names == [f"{message_id}-0001-0002.msg", f"{message_id}-0002-0002.msg"]
    assert max(map(len, names)) <= 64


def test_the_extension_is_a_setting(tmp_path: Path):
    spool = Spool(tmp_path, tmp_path, extension="dat")
    spool.send(new_id(), b"data", DAY)
    assert received(spool) == [b"data"]
    assert received(Spool(tmp_path, tmp_path, extension="msg")) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"extension": "tmp"},
        {"extension": ""},
        {"extension": "MSG"},
        {"extension": "toolongext"},
        {"extension": "a/b"},
        {"extension": "信"},
        {"part_bytes": 1023},
    ],
)
def test_settings_that_a_ferry_cannot_take_are_refused(tmp_path: Path, settings):
    with pytest.raises(BadSpoolSetting):
        Spool(tmp_path, tmp_path, **settings)


def test_files_carry_the_day_and_no_time(sender, up):
    sender.send(new_id(), b"data", DAY)
    (path,) = up.iterdir()
    assert path.stat().st_mtime == datetime(2026, 11, 20, tzinfo=UTC).timestamp()


def test_an_incomplete_set_waits_and_is_completed_by_a_repetition(sender, receiver, up):
    message_id, data = new_id(), os.urandom(3000)
    sender.send(message_id, data, DAY)
    lost = sorted(up.iterdir())[1]
    lost.unlink()
    assert received(receiver) == []
    (handle,) = receiver.unfinished()
    assert (handle.id, len(handle.files)) == (message_id, 2)
    sender.send(message_id, data, DAY)
    assert received(receiver) == [data]
    assert list(receiver.unfinished()) == []


def test_what_stands_there_is_not_written_again_but_a_torn_file_is(sender, up):
    message_id = new_id()
    sender.send(message_id, b"first", DAY)
    (path,) = up.iterdir()
    before = path.stat().st_ino
    sender.send(message_id, b"first", DAY)
    assert path.stat().st_ino == before
    path.write_bytes(b"fi")
    sender.send(message_id, b"first", DAY)
    assert path.read_bytes() == b"first"


def test_foreign_files_are_left_alone(sender, receiver, up, tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"not for the exchange")
    name = f"{new_id()}-0001-0001.msg"
    (up / name).symlink_to(secret)
    (up / f"{new_id()}-0001-0001.msg").mkdir()
    foreign = [
        "README.txt",
        ".hidden",
        f"{new_id()}-0001-0001.msg.tmp",
        f"{new_id()}-0000-0001.msg",
        f"{new_id()}-0002-0001.msg",
        f"{new_id()}-0001-0001.dat",
        f"{new_id().upper()}-0001-0001.msg",
        f"{new_id()}-0001-0001.msg\n",
        "信.msg",
    ]
    for one in foreign:
        (up / one).write_bytes(b"foreign")
    sender.send(new_id(), b"ours", DAY)
    assert received(receiver) == [b"ours"]
    assert len(list(up.iterdir())) == len(foreign) + 3


def test_a_source_that_vanishes_while_it_is_read_is_left_for_later(sender, receiver, up):
    for data in (b"first", b"second"):
        sender.send(new_id(), data, DAY)
    arriving = receiver.receive()
    _handle, first = next(arriving)
    for path in up.iterdir():
        path.unlink()
    assert list(arriving) == []
    assert first in {b"first", b"second"}


def test_a_file_that_cannot_be_read_stops_no_other(sender, receiver, up, caplog):
    """A folder takes the file's place between listing and reading."""
    for data in (b"first", b"second", b"third"):
        sender.send(new_id(), data, DAY)
    arriving = receiver.receive()
    next(arriving)
    broken = sorted(up.iterdir())[1]
    broken.unlink()
    broken.mkdir()
    assert len(list(arriving)) == 1
    assert "IsADirectoryError" in caplog.text


def test_done_takes_a_message_away_even_if_the_ferry_did(sender, receiver, up):
    sender.send(new_id(), bytes(3000), DAY)
    ((handle, _data),) = receiver.receive()
    handle.files[0].unlink()
    receiver.done(handle)
    assert list(up.iterdir()) == []


def test_withdraw_takes_back_one_message_only(sender, up):
    mine, other = new_id(), new_id()
    for one in (mine, other):
        sender.send(one, bytes(3000), DAY)
    sender.withdraw(mine)
    sender.withdraw(new_id())
    assert {path.name[:32] for path in up.iterdir()} == {other}


def test_tidy_takes_back_what_is_old_and_not_wanted(sender, up):
    old, wanted, fresh, torn = (new_id() for _ in range(4))
    for one in (old, wanted, torn):
        sender.send(one, b"data", date(2026, 11, 10))
    sender.send(fresh, b"data", DAY)
    (up / f"{torn}-0001-0001.msg").rename(up / f"{torn}-0001-0001.msg.tmp")
    foreign = up / "README.txt"
    foreign.write_bytes(b"")
    os.utime(foreign, (0, 0))
    sender.tidy(date(2026, 11, 13), {wanted})
    assert {path.name[:32] for path in up.iterdir()} == {wanted, fresh, "README.txt"}


def test_a_message_beyond_the_limit_is_neither_sent_nor_taken(tmp_path: Path, up):
    small = Spool(tmp_path / "up", tmp_path / "down", max_bytes=100)
    small.prepare()
    with pytest.raises(TooLargeToSend):
        small.send(new_id(), bytes(101), DAY)
    Spool(tmp_path / "up", tmp_path / "down").send(new_id(), bytes(101), DAY)
    assert received(Spool(tmp_path / "down", tmp_path / "up", max_bytes=100)) == []
    assert len(list(up.iterdir())) == 1


def test_a_message_never_needs_more_parts_than_its_name_can_count(sender):
    with pytest.raises(TooLargeToSend):
        sender.send(new_id(), bytes(9999 * 1024 + 1), DAY)


def test_a_missing_folder_is_noticed(tmp_path: Path):
    spool = Spool(tmp_path / "up", tmp_path / "down")
    with pytest.raises(FileNotFoundError):
        spool.send(new_id(), b"data", DAY)
    with pytest.raises(FileNotFoundError):
        list(spool.receive())
