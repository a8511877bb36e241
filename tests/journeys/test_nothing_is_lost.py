"""Killed at random moments under load: what was acknowledged arrives once and unchanged."""

import random
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException

import pytest

from tests.citizen import Citizen, Failed
from tests.needs import whole_proof
from tests.opening import stories
from tests.running import RunningPortal

CLIENTS = 8
# Forty kills take two minutes: the whole proof has them, a quick run has a taste.
KILLS = 40 if whole_proof() else 3


class Filings:
    """What clients were told, while they file as fast as they can."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._stop = threading.Event()
        self.acknowledged: dict[str, str] = {}

    def file_on(self, client: int) -> None:
        """File again and again until told to stop; a broken connection is no acknowledgement."""
        number = 0
        while not self._stop.is_set():
            number += 1
            story = f"第{client}位反映人的第{number}件事：集体的账目两年没有公开。𠮷"
            try:
                self._file(story)
            except (Failed, OSError, HTTPException):
                time.sleep(0.1)

    def stop(self) -> None:
        self._stop.set()

    def _file(self, story: str) -> None:
        with closing(Citizen(self._port)) as citizen:
            page, groups = citizen.write(story)
            citizen.press(page, groups)
            self.acknowledged[" ".join(groups)] = story


@pytest.mark.journey
def test_killed_processes_lose_nothing_and_come_back(start):
    portal: RunningPortal = start()
    filings = Filings(portal.public_port)
    chance = random.Random(20261120)
    with ThreadPoolExecutor(CLIENTS) as pool:
        running = [pool.submit(filings.file_on, client) for client in range(CLIENTS)]
        try:
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.2, 1.5))
                portal.kill(chance.choice(["public", "desk"]))
                time.sleep(0.3)
                portal.wait_until_serving()
        finally:
            filings.stop()
        for one in running:
            one.result()
    assert filings.acknowledged
    wait_until_quiet(portal)
    assert_sound(portal)
    arrived = stories_at_the_desk(portal)
    for story in filings.acknowledged.values():
        assert arrived.count(story) == 1
    for code in list(filings.acknowledged)[:10]:
        assert "已收到" in look_up(portal, code)


def look_up(portal: RunningPortal, code: str) -> str:
    with closing(Citizen(portal.public_port)) as citizen:
        return citizen.look_up(citizen.get("/track"), code.split())


def wait_until_quiet(portal: RunningPortal) -> None:
    """Wait until the public side has nothing more to hand over."""
    deadline = time.monotonic() + 60
    while list((portal.instance / "public" / "exchange").glob("*.sealed")):
        assert time.monotonic() < deadline, portal.log
        time.sleep(0.2)


def assert_sound(portal: RunningPortal) -> None:
    for side in ("public", "desk"):
        connection = sqlite3.connect(portal.instance / side / "portal.db")
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def stories_at_the_desk(portal: RunningPortal) -> list[str]:
    """Open every report of the desk with the intake key, as the demo's clerks hold it."""
    return stories(portal.instance)
