"""A call to a named reporter is recorded by who handles the case, or by who saw the number."""

from datetime import timedelta

import pytest
from flask import Flask

from portal.reference.days import local_day, utcnow
from tests.desk.arrivals import FILED_ON
from tests.desk.casework import at_work
from tests.desk.custody import REFERENCE, Custodians


def test_a_recorded_call_stands_in_the_cases_history(app: Flask, custodians: Custodians) -> None:
    custodians.named_report()
    clerk = at_work(app, custodians.office.clerk, f"/cases/{REFERENCE}")
    assert "没有打过" in clerk.page.main
    page = clerk.click("登记打过的电话")
    assert page.value("on") == local_day(utcnow()).isoformat()
    assert page.value("kind") == ""
    page = clerk.fill(on=FILED_ON.isoformat(), kind="accepted")
    assert "2026年11月9日 陈雨 告知已经受理" in page.main


def test_who_saw_the_number_records_the_call_and_the_handler_sees_it(
    app: Flask, custodians: Custodians
) -> None:
    asked = custodians.ask(custodians.named_report(), now=utcnow())
    custodians.agree(asked, now=utcnow())
    decider = at_work(app, custodians.decider, f"/identities/{asked}")
    page = decider.fill(on=FILED_ON.isoformat(), kind="result")
    assert "温禾青 告知办理结果" in page.main
    page = at_work(app, custodians.office.clerk, f"/cases/{REFERENCE}").page
    assert "2026年11月9日 温禾青 告知办理结果" in page.main
    page = decider.fill(on=FILED_ON.isoformat(), kind="result")
    assert page.main.count("温禾青 告知办理结果") == 1


@pytest.mark.parametrize("where", ["case", "request"])
@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"on": ""}, "on", "请填日期，例如 2026-11-20"),
        ({"on": "昨天"}, "on", ""),
        ({"on": (FILED_ON - timedelta(days=1)).isoformat()}, "on", "请填从收到那天到今天的日期"),
        ({"on": "2999-01-01"}, "on", "请填从收到那天到今天的日期"),
        ({}, "kind", "请选一个"),
        ({"kind": "gossip"}, "kind", ""),
    ],
)
def test_a_call_that_does_not_hold_is_not_recorded(
    app: Flask,
    custodians: Custodians,
    *,
    where: str,
    typed: dict[str, str],
    field: str,
    reason: str,
) -> None:
    asked = custodians.ask(custodians.named_report(), now=utcnow())
    custodians.agree(asked, now=utcnow())
    who = custodians.office.clerk if where == "case" else custodians.decider
    address = f"/cases/{REFERENCE}/calls" if where == "case" else f"/identities/{asked}/calls"
    browser = at_work(app, who)
    kind = {"kind": "other"} if field == "on" else {}
    data = {
        "on": FILED_ON.isoformat(),
        **kind,
        **typed,
        "csrf_token": browser.page.value("csrf_token"),
    }
    page = browser.post(address, data, status=422)
    assert reason in (page.error(field) or "")
    assert page.error(field)
    assert custodians.office.audited("call-recorded") == []
