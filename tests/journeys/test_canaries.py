"""After a journey the public side knows nothing of it: not on disk, not in logs, not in memory."""

import os
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.citizen import Citizen
from tests.needs import need, need_time
from tests.running import RunningPortal

STORY = "石桥村的库房钥匙由村主任的连襟保管，𠮷年冬天少了七十三袋稻种。"
UNIT = "柳溪镇石桥村稻种库房"
NAME = "金丝雀欧阳青禾"
PHONE = "13900777310"
NOTE = "金丝雀晚上七点以后再打"
ADDRESS = "127.0.0.77"
QUIET_SECONDS = 60


@pytest.mark.journey
def test_sixty_seconds_later_nothing_of_a_report_is_left(start):
    need_time("waits a minute")
    need(condition=os.geteuid() == 0, reason="reading another process's memory needs root")
    portal: RunningPortal = start()
    groups = whole_visit(portal)
    secrets = spellings(STORY, UNIT, NAME, PHONE, NOTE, ADDRESS, "".join(groups), " ".join(groups))
    time.sleep(QUIET_SECONDS)
    found = [
        f"{where}: {number}"
        for where, data in places(portal)
        for number, secret in enumerate(secrets)
        if secret in data
    ]
    assert found == []


def whole_visit(portal: RunningPortal) -> list[str]:
    """File under one's own name, look up, meet an error page, leave; return the code's groups."""
    citizen = Citizen(portal.public_port, ADDRESS)
    page, groups = citizen.write(
        STORY,
        who={"full_name": NAME, "phone": PHONE, "call_me": "yes", "contact_note": NOTE},
        unit=UNIT,
    )
    citizen.press(page, groups)
    citizen.look_up(citizen.get("/track"), groups)
    wait_for_the_receipt(portal)
    citizen.close()
    return groups


def spellings(*secrets: str) -> list[bytes]:
    """Return the secrets as they could lie in memory or on disk."""
    forms: list[bytes] = []
    for secret in secrets:
        forms += [secret.encode(), quote(secret).encode(), secret.encode("utf-16-le")]
        forms += [secret.encode("utf-32-le")]
    return forms


def places(portal: RunningPortal):
    for path in [portal.instance / "serve.log", *files(portal.instance / "public")]:
        yield str(path), path.read_bytes()
    for side in ("spool", "desk"):
        for path in files(portal.instance / side):
            yield str(path), path.read_bytes()
    yield from memory(portal.pid("public"))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def memory(pid: int):
    """Give each writable region of a process's memory."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as process:
        for line in maps.splitlines():
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span is None:
                continue
            begin, end = (int(address, 16) for address in span.groups())
            process.seek(begin)
            yield line, process.read(end - begin)


def wait_for_the_receipt(portal: RunningPortal) -> None:
    deadline = time.monotonic() + 30
    while files(portal.instance / "public" / "exchange"):
        assert time.monotonic() < deadline, portal.log
        time.sleep(0.2)
