"""The desk is put back to its first day, the public side to its second: nothing is lost."""

import shutil
import time
from contextlib import closing
from pathlib import Path

import pytest

from portal.config import load
from portal.database import Database
from portal.desk.domain.restoring import missing_count
from portal.exchange.status import ExchangeStatus, exchange_status
from tests.citizen import Citizen
from tests.needs import need_time
from tests.opening import stories
from tests.running import RunningPortal

SAFE = {"PORTAL_EXCHANGE_RECEIPT_LEVEL": "safe", "PORTAL_EXCHANGE_RESEND_SECONDS": "1"}


@pytest.mark.journey
def test_two_backups_of_different_days_lose_nothing_and_double_nothing(start, tmp_path):
    need_time("starts a portal four times")
    portal: RunningPortal = start(**SAFE)
    first = [file(portal, f"第一天的第{n}件：村里的账目两年没有公开。𠮷") for n in range(3)]
    wait_until_arrived(portal, first)
    back_up(portal, "desk", tmp_path / "day-1")
    second = [file(portal, f"第二天的第{n}件：山林承包款去了哪里没有人知道。") for n in range(3)]
    wait_until_arrived(portal, first + second)
    back_up(portal, "public", tmp_path / "day-2")
    portal.stop()
    for side, backup in (("desk", "day-1"), ("public", "day-2")):
        lose(portal.instance / side)
        portal.command("restore", side, str(tmp_path / backup))
    assert not set(words(second)) & set(stories(portal.instance))
    portal.start()
    wait_until_arrived(portal, first + second)
    wait_until_quiet(portal)
    arrived = stories(portal.instance)
    assert [arrived.count(story) for story in words(first + second)] == [1] * 6
    for code, _story in first + second:
        with closing(Citizen(portal.public_port)) as citizen:
            assert "已收到" in citizen.look_up(citizen.get("/track"), code)


def words(filed: list[tuple[list[str], str]]) -> list[str]:
    return [story for _code, story in filed]


def file(portal: RunningPortal, story: str) -> tuple[list[str], str]:
    with closing(Citizen(portal.public_port)) as citizen:
        page, groups = citizen.write(story)
        citizen.press(page, groups)
    return groups, story


def back_up(portal: RunningPortal, side: str, folder: Path) -> None:
    portal.stop()
    portal.command("backup", side, str(folder))
    portal.start()


def lose(side: Path) -> None:
    """The disk with rows and files is gone; the keys are kept apart."""
    for path in side.glob("portal.db*"):
        path.unlink()
    for store in ("items", "exchange", "drafts"):
        shutil.rmtree(side / store, ignore_errors=True)


def wait_until_arrived(portal: RunningPortal, filed: list[tuple[list[str], str]]) -> None:
    deadline = time.monotonic() + 60
    while not set(words(filed)) <= set(stories(portal.instance)):
        assert time.monotonic() < deadline, portal.log
        time.sleep(0.3)


def wait_until_quiet(portal: RunningPortal) -> None:
    """Wait until both sides have told each other everything, and nothing is missing."""
    deadline = time.monotonic() + 60
    while not (quiet(status(portal, "public")) and quiet(status(portal, "desk"))):
        assert time.monotonic() < deadline, portal.log
        time.sleep(0.3)
    database = Database(load(portal.instance, {}).desk_database)
    with database.reading() as session:
        assert missing_count(session) == 0
    database.dispose()


def quiet(status: ExchangeStatus) -> bool:
    return status.is_sound and not (status.waiting_to_send or status.unreceipted)


def status(portal: RunningPortal, side: str) -> ExchangeStatus:
    settings = load(portal.instance, {})
    url = settings.public_database if side == "public" else settings.desk_database
    database = Database(url)
    with database.reading() as session:
        found = exchange_status(session)
    database.dispose()
    return found
