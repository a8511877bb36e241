"""Reading at the desk changes nothing but the audit log and when a session was last used."""

from sqlalchemy import MetaData, select

from portal.migrations import schema
from tests.desk.casework import at_work

WRITTEN_BY_READING = {"audit_entries", "sessions"}
PAGES = [
    "/",
    "/intake",
    "/cases",
    "/cases?state=accepted",
    "/exchange",
    "/keys",
    "/keys/office-1/grant",
    "/account",
    "/account/passphrase",
]


def test_reading_changes_no_case(app, office):
    waiting = office.arrive("83172055")
    accepted = office.case_in("accepted")
    browser = at_work(app, office.clerk)
    before = everything(office.house)
    case = f"/cases/{accepted.reference}"
    for page in [*PAGES, case, f"{case}/acts/close", f"/cases/{waiting.reference}"]:
        browser.open(page)
    assert everything(office.house) == before


def everything(house):
    tables: list[MetaData] = schema.metadata("desk")
    with house.database.reading() as session:
        rows = {
            table.name: sorted(map(repr, session.execute(select(table)).all()))
            for one in tables
            for table in one.sorted_tables
            if table.name not in WRITTEN_BY_READING
        }
    return rows, house.items.names()
