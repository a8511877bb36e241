"""A name that was exchanged for another report's is told everywhere, and opened nowhere."""

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain import cases
from portal.desk.domain.identities import IdentityMismatch
from portal.desk.models.cases import Case
from portal.sealing.content import NamedReporter
from tests.desk.arrivals import Reporter
from tests.desk.casework import at_work
from tests.desk.custody import REASON, Custodians

OTHER = NamedReporter("司徒望月", "13912340000")
TOLD = "身份部分对不上"


def swap(custodians: Custodians, one: Reporter, other: Reporter) -> None:
    """Do what root on a host can: let two rows name each other's files."""
    first, second = custodians.office.case(one), custodians.office.case(other)
    with custodians.house.database.writing() as session:
        for case, file in ((first, second.identity_file), (second, first.identity_file)):
            put = update(Case).where(Case.id == case.id).values(identity_file=file)
            session.execute(put)


def two_reports(custodians: Custodians, *, registered: bool) -> tuple[Reporter, Reporter]:
    mine = custodians.named_report(registered=registered)
    return mine, custodians.named_report("31415926", who=OTHER, registered=registered)


@pytest.mark.parametrize("registered", [False, True])
def test_no_custodian_can_ask_for_a_name_that_was_exchanged(
    custodians: Custodians, *, registered: bool
) -> None:
    mine, others = two_reports(custodians, registered=registered)
    swap(custodians, mine, others)
    if not registered:
        custodians.office.open(mine)
    with pytest.raises(IdentityMismatch):
        custodians.ask(mine)


def test_the_clerk_who_registers_is_told_and_so_is_the_log(
    app: Flask, custodians: Custodians
) -> None:
    mine, others = two_reports(custodians, registered=False)
    swap(custodians, mine, others)
    clerk = at_work(app, custodians.office.clerk, f"/cases/{mine.reference}")
    assert TOLD in clerk.press("领取并打开").main
    noted = (custodians.office.clerk.id, mine.reference)
    assert noted in custodians.office.audited("identity-mismatch")


def test_whoever_opens_the_case_later_is_told_and_so_are_the_custodians(
    app: Flask, custodians: Custodians
) -> None:
    mine, others = two_reports(custodians, registered=True)
    clerk = at_work(app, custodians.office.clerk, f"/cases/{mine.reference}")
    assert TOLD not in clerk.page.main
    swap(custodians, mine, others)
    assert TOLD in clerk.open(f"/cases/{mine.reference}").main
    asker = at_work(app, custodians.asker, "/identities")
    assert TOLD in asker.page.main
    assert mine.reference in asker.page.main
    swap(custodians, mine, others)
    assert TOLD not in asker.open("/identities").main
    assert TOLD not in clerk.open(f"/cases/{mine.reference}").main


def test_a_custodian_who_asks_first_is_told_and_noted(app: Flask, custodians: Custodians) -> None:
    mine, others = two_reports(custodians, registered=True)
    swap(custodians, mine, others)
    asker = at_work(app, custodians.asker, "/identities/new")
    page = asker.fill(reference=mine.reference, reason=REASON)
    assert TOLD in page.main
    assert page.url.endswith("/identities")
    assert custodians.office.audited("identity-mismatch") == [(custodians.asker.id, mine.reference)]


def test_a_report_from_before_contents_named_their_identity_is_accepted(
    app: Flask, custodians: Custodians
) -> None:
    reporter = custodians.office.open(custodians.office.arrive(named=True))
    with custodians.house.database.reading() as session:
        assert cases.get(session, reporter.reference).identity_sha256 is None
    clerk = at_work(app, custodians.office.clerk, f"/cases/{reporter.reference}")
    assert TOLD not in clerk.page.main
