"""A notice on a small telephone in large type, on paper, and the way from it to reporting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.exchange.notices import Correction
from tests.public.released import notice
from tests.running import until
from tests.wire import Wire

LONG = ("关于青岚县柳溪镇石桥村党支部原书记、村委会原主任等人侵占集体资金问题的通报" * 6)[:200]
YEARS = "".join(f"<th>{year}年发放的补贴金额</th>" for year in range(2015, 2027))
WIDE = f"<table><tbody><tr>{YEARS}</tr><tr>{'<td>123456.78</td>' * 12}</tr></tbody></table>"
CORRECTIONS = tuple(
    Correction(date(2026, 1, 1) + timedelta(days=n), "数字写错了", f"{n}.1万元", f"{n}.2万元")
    for n in range(30)
)
NOTICE = notice("2017-0001", title=LONG, body=f"<p>经查，𠮷某某😀。</p>{WIDE}")
BLACK, WHITE = "rgb(0, 0, 0)", "rgb(255, 255, 255)"


@pytest.fixture
def reader(start, chromium: Browser):
    """Somebody whose telephone is narrow, and whose page is large and high in contrast."""
    portal = start()
    clearing = notice("2017-0002", kind="N09", title="为𠮷某某澄清", answers="2017-0001")
    Wire(portal).release(replace(NOTICE, corrections=CORRECTIONS), clearing)
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    context.add_cookies([{"name": "display", "value": "large.high", "url": portal.public}])
    page = context.new_page()
    address = f"{portal.public}/notices/2017-0002"
    until(lambda: page.request.get(address).status == 200, seconds=60)
    page.goto(f"{portal.public}/notices/2017-0001")
    yield page
    context.close()


def colours(page: Page, selector: str) -> tuple[str, str]:
    shown = page.locator(selector).first
    style = "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    colour, background = shown.evaluate(style)
    return colour, background


@pytest.mark.journey
def test_a_notice_is_read_printed_and_left_without_a_trace(reader: Page) -> None:
    page = reader
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.get_by_role("heading", level=1)).to_have_text(LONG)
    assert colours(page, "body") == (WHITE, BLACK)
    page.get_by_role("link", name="看改了什么").click()
    expect(page.get_by_text("29.2万元")).to_be_in_viewport()

    page.emulate_media(media="print", color_scheme="dark")
    assert colours(page, "html")[1] == WHITE
    for part in ("body", ".bulletin__body p", ".bulletin__facts", ".govuk-summary-list dd"):
        colour, background = colours(page, part)
        assert (part, colour) == (part, BLACK)
        assert background in {WHITE, "rgba(0, 0, 0, 0)"}
    for left_out in (".doors", ".bulletin__around", ".bulletin__similar", ".top-row"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(page.get_by_text("0.1万元", exact=True)).to_be_visible()
    expect(page.get_by_text("/notices/2017-0001")).to_be_visible()

    page.emulate_media(media="screen")
    sent = []
    page.on("request", lambda one: sent.append((one.url, one.headers.get("referer"))))
    page.get_by_role("link", name="您也遇到类似的事？").click()
    assert page.url.endswith("/report")
    assert sent[0] == (page.url, None)
