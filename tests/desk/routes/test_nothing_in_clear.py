"""A case is worked on through the pages: nothing that anybody wrote then lies open at the desk."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from portal.database import Database
from portal.reference.days import utcnow
from portal.sealing.content import NamedReporter, Subject
from tests.desk.arrivals import deliver
from tests.desk.casework import Office, at_work
from tests.desk.custody import appoint

CANARIES = {
    "story": "金丝雀一号把修路款存进了自己的账户",
    "name": "金丝雀二号",
    "unit": "金丝雀三号合作社",
    "place": "金丝雀四号桥头",
    "question": "金丝雀五号是哪一年的事？",
    "answer": "金丝雀六号是前年春天的事",
    "refused": "金丝雀七号〔还没写完〕",
    "result": "金丝雀八号已经办理完毕",
}
NAMED_CANARIES = {
    "full_name": "金丝雀九号",
    "phone": "0990-7773101转77",
    "note": "金丝雀十号晚上再打",
    "reason": "金丝雀十一号要电话告知",
    "refusal": "金丝雀十二号先用查询码告知",
}
WHO = NamedReporter(
    NAMED_CANARIES["full_name"], NAMED_CANARIES["phone"], contact_note=NAMED_CANARIES["note"]
)


def rows_of(database: Database) -> bytes:
    """Everything in every table, as a dump of the database would have it."""
    database.checkpoint()
    with database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = [session.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables]  # noqa: S608 — names of our own tables
    assert len(tables) > 10
    return "\n".join(str(list(row)) for table in rows for row in table).encode()


def files_of(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def found_in(kept: bytes, canaries: Mapping[str, str]) -> list[str]:
    """The names of the canaries that lie there in any spelling."""
    forms = {
        name: (words.encode(), words.encode("utf-16-le"), ascii(words).encode())
        for name, words in canaries.items()
    }
    return [name for name, spellings in forms.items() if any(one in kept for one in spellings)]


def work_through(app: Flask, office: Office) -> None:
    subject = Subject(unit=CANARIES["unit"], name=CANARIES["name"])
    story, place = CANARIES["story"], CANARIES["place"]
    reporter = office.arrive(story=story, place=place, subject=subject)
    browser = at_work(app, office.clerk, "/intake")
    browser.press("领取最早的一件")
    browser.click("请补充")
    browser.fill(text=CANARIES["refused"], status=422)
    browser.fill(text=CANARIES["question"])
    browser.press("保存：请补充")
    deliver(office.house, reporter.answer(CANARIES["answer"], office.recipient))
    page = browser.open(f"/cases/{reporter.reference}")
    page = browser.press("打开新写的")
    shown = [CANARIES[name] for name in ("story", "name", "unit", "place", "question", "answer")]
    assert [words for words in shown if words not in page.text] == []
    browser.open(f"/cases/{reporter.reference}/acts/reply")
    browser.fill(text=CANARIES["result"])
    browser.press("保存：答复")
    assert office.case(reporter).revision == 4


def open_a_name(app: Flask, office: Office) -> None:
    """Ask for a name, refuse; ask again, see it, and let the ten minutes pass."""
    custodians = appoint(office)
    custodians.named_report(who=WHO)
    asker = at_work(app, custodians.asker)
    decider = at_work(app, custodians.decider)
    for decision in ("refuse", "agree"):
        asker.open("/identities/new?reference=83172054")
        address = asker.fill(reason=NAMED_CANARIES["reason"]).url
        decider.open(address)
        if decision == "refuse":
            page = decider.fill(reason=NAMED_CANARIES["refusal"])
            assert NAMED_CANARIES["refusal"] in page.text
        else:
            page = decider.press("同意，现在打开")
            shown = [NAMED_CANARIES[name] for name in ("full_name", "phone", "note", "reason")]
            assert [words for words in shown if words not in page.text] == []
    custodians.long_ago(address.rpartition("/")[2], timedelta(minutes=10))
    assert custodians.forget_over(utcnow()) == 1


def test_no_name_that_was_opened_lies_in_rows_files_or_logs(
    app: Flask, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        open_a_name(app, office)
    kept = rows_of(office.house.database) + files_of(tmp_path) + caplog.text.encode()
    assert "白行舟".encode() in kept
    assert found_in(kept, NAMED_CANARIES) == []


def test_no_words_of_anybody_lie_in_rows_files_or_logs(
    app: Flask, office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        work_through(app, office)
    kept = rows_of(office.house.database) + files_of(tmp_path) + caplog.text.encode()
    assert "陈雨".encode() in kept
    assert found_in(kept, CANARIES) == []
