"""What gets into a notice does nothing in Chromium, with JavaScript on: no report, no element."""

import pytest
from playwright.sync_api import Browser, Page

from portal.exchange.notices import Correction
from portal.reference.days import local_day, utcnow
from portal.text.sanitise import Disputed, clean
from tests.public.payloads import PAYLOADS
from tests.public.released import notice
from tests.running import until
from tests.wire import Wire

WATCH = """
window.reports = [];
addEventListener("securitypolicyviolation", event =>
  window.reports.push(event.violatedDirective + " " + event.blockedURI));
"""
# Whatever on a page is more than text, links and this site's own frame.
ACTIVE = """
(() => {
  const tags = "script, style, iframe, object, embed, svg, math, base, template, video, audio, img";
  const leads = new Set(["href", "src", "action", "formaction", "xlink:href"]);
  const acts = one => [...one.attributes].some(a => a.name.startsWith("on") || a.name === "style"
    || leads.has(a.name) && /^\\s*(javascript|data|vbscript):/i.test(a.value));
  const all = [...document.querySelectorAll("*")];
  return all.filter(one => one.matches(tags) || one.matches("meta[http-equiv]") || acts(one))
    .map(one => one.outerHTML);
})()
"""


def cleaned(payload: str) -> str:
    try:
        return clean(f"<p>开头</p>{payload}")
    except Disputed:
        return "<p>开头</p>"


def poisoned(number: int, payload: str):
    """Return a notice that holds a payload wherever a desk could put words."""
    typed = payload.replace("\x01", "")
    return notice(
        f"2019-{number:04}",
        title=typed[:200],
        summary=payload,
        recovered=typed[:200],
        body=cleaned(payload),
        corrections=(Correction(local_day(utcnow()), payload, payload, payload),),
    )


@pytest.mark.journey
def test_payloads_leave_no_active_content(start, chromium: Browser) -> None:
    # A portal of its own: its desk raises alarms, because it never released these.
    portal = start()
    wire = Wire(portal)
    notices = [poisoned(number, payload) for number, payload in enumerate(PAYLOADS, 1)]
    wire.release(*notices)
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(f"dialog {dialog.message}"))
    public = portal.public
    last = f"{public}/notices/{notices[-1].number}"
    until(lambda: page.request.get(last).status == 200, seconds=60)
    wrong = [
        problem
        for place in (
            "/notices?year=2019",
            "/notices?year=2019&after=2019-0021",
            *map(address, notices),
        )
        for problem in problems(page, public + place)
    ]
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(public)] == []


def address(one) -> str:
    return f"/notices/{one.number}"


def problems(page: Page, url: str) -> list[str]:
    """Return what a page did or holds that text alone does not."""
    page.goto(url, wait_until="load")
    found = [*page.evaluate("window.reports"), *page.evaluate(ACTIVE)]
    if page.evaluate("window.hit"):
        found.append("a script ran")
    return [f"{url}: {one}" for one in found]
