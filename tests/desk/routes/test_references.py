"""Two reporters with one number: whoever answers the telephone finds both cases."""

from flask import Flask

from tests.desk.arrivals import Reporter, deliver
from tests.desk.casework import Office, at_work


def test_both_pages_say_which_number_the_reporter_has(app: Flask, office: Office) -> None:
    older = office.case_in("closed")
    newcomer = Reporter.draw(older.reference)
    deliver(
        office.house, newcomer.report(office.recipient, content=office.seal(newcomer.content()))
    )
    own = office.case(newcomer).reference
    clerk = at_work(app, office.clerk, f"/cases/{older.reference}")
    assert "还有别的反映人拿着这个登记号" in clerk.page.main
    clerk.click(own)
    assert clerk.page.h1 == f"登记号 {own}"
    for page in (clerk.page, clerk.press("领取并打开")):
        assert f"反映人手里的登记号是 {older.reference}" in page.main
        assert "还有别的反映人" not in page.main
