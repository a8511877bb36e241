"""A walk past the notices: lists, one with everything on it, tombstones."""

from dataclasses import replace
from datetime import date, timedelta

from playwright.sync_api import Page

from portal.exchange.notices import Correction
from portal.reference.days import local_day, utcnow
from tests.public.released import notice, withdrawn
from tests.running import RunningPortal, until
from tests.walk.signing_in import Visit
from tests.wire import Wire

LONG = "关于青岚县柳溪镇石桥村党支部原书记、村委会原主任等人侵占集体资金问题的通报"


def notices(portal: RunningPortal, page: Page, visit: Visit) -> None:
    """Release notices of every kind that a visitor meets, and look at them."""
    today = local_day(utcnow())
    correction = Correction(date(2018, 5, 2), "数字写错了", "1.2万元", "1.3万元")
    gone, over = notice("2018-0098"), notice("2018-0099", kind="N09", title="为张某澄清")
    clearing = notice("2018-0003", kind="N09", title="为张某澄清正名", answers="2018-0002")
    Wire(portal).release(
        *(notice(f"2018-{n:04}", title=f"{LONG}（第{n}期）") for n in range(10, 33)),
        notice("2018-0001", mode="named", region="990001", area=""),
        replace(notice("2018-0002", title=LONG), corrections=(correction,)),
        replace(clearing, expires_on=today + timedelta(days=90)),
        gone,
        withdrawn(gone, "事实有出入，正在重新核实。"),
        replace(over, expires_on=today - timedelta(days=2)),
    )
    last = f"{portal.public}/notices/2018-0099"
    until(lambda: page.request.get(last).status == 410, seconds=60)
    for name, path in {
        "notices-list": "/notices?year=2018",
        "notices-second-page": "/notices?year=2018&after=2018-0013",
        "notices-found": "/notices?q=澄清",
        "notice": "/notices/2018-0002",
        "notice-named": "/notices/2018-0001",
        "notice-clarification": "/notices/2018-0003",
        "notice-withdrawn": "/notices/2018-0098",
        "notice-over": "/notices/2018-0099",
        "clarifications-list": "/clarifications",
    }.items():
        page.goto(portal.public + path)
        visit(name, page)
