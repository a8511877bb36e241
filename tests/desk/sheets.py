"""Clerks fill in registration sheets, and link cases that report the same."""

from collections.abc import Mapping

from portal.desk.domain import cases, registrations
from portal.desk.domain.duplicates import Linker, Repetition, repetition
from portal.desk.domain.registrations import Sheet
from tests.desk.arrivals import FILED, LATER, Reporter
from tests.desk.casework import Office
from tests.desk.staff import Colleague

# Invented, and all the same in both.
SUBJECT: Mapping[str, str] = {"unit": "柳溪镇石桥村", "name": "江望川", "post": "会计"}


def fill_in(
    office: Office, reporter: Reporter, *, by: Colleague | None = None, seen: int = 0, **fields: str
) -> Reporter:
    """Let a clerk write the sheet of an open case: the usual subject, but for these fields."""
    author = by or office.clerk
    opener = office.opener(author)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference, lock=True)
        sheet = Sheet(**{**SUBJECT, **fields})
        registrations.write(session, opener, case, sheet, seen=seen, person_id=author.id, now=FILED)
    return reporter


def linker(office: Office, by: Colleague | None = None) -> Linker:
    author = by or office.clerk
    return Linker(office.opener(author), author.id, office.house.host_secret)


def link(office: Office, one: Reporter, other: Reporter, note: str = "") -> None:
    """Let the clerk say that two cases report the same."""
    by = linker(office)
    with office.house.database.writing() as session:
        by.link(session, one.reference, other.reference, note, now=LATER)


def unlink(office: Office, one: Reporter, other: Reporter) -> None:
    by = linker(office)
    with office.house.database.writing() as session:
        by.unlink(session, one.reference, other.reference, now=LATER)


def stands(office: Office, reporter: Reporter) -> Repetition:
    """How the case stands among those that report the same, to who sees everything."""
    with office.house.database.reading() as session:
        return repetition(session, cases.get(session, reporter.reference))
