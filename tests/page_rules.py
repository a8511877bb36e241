"""What every page of both sites promises; the test browser checks it on each page it opens."""

import gzip
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from portal.settings import Settings
from tests.page_parts import CONTROLS, Page, words

CONFIDENTIAL = ("/report", "/track", "/exit")
WEIGHT_LIMIT = 30 * 1024
REQUEST_LIMIT = 3
UNLABELLED = {"hidden", "submit", "button"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
LOADED = {"script": "src", "img": "src", "link": "href", "source": "src", "iframe": "src"}

Fetch = Callable[[str], bytes]


def check_headers(page: Page, *, https: bool, confidential: bool) -> None:
    """SECURITY 1 and 2, on pages, redirects and errors alike."""
    headers = page.headers
    policy = _directives(headers.get("Content-Security-Policy", ""))
    for name in ("default-src", "frame-ancestors", "base-uri"):
        assert policy.get(name) == ["'none'"], f"{page.url}: {name} is {policy.get(name)}"
    assert policy.get("form-action") == ["'self'"], page.url
    sources = {source for given in policy.values() for source in given}
    assert sources <= {"'none'", "'self'"}, f"{page.url}: the policy allows {sources}"
    assert headers.get("X-Content-Type-Options") == "nosniff", page.url
    assert headers.get("Referrer-Policy") == "same-origin", page.url
    assert headers.get("Cross-Origin-Opener-Policy") == "same-origin", page.url
    assert headers.get("Cross-Origin-Resource-Policy") == "same-origin", page.url
    assert headers.get("Permissions-Policy"), page.url
    assert ("Strict-Transport-Security" in headers) is https, page.url
    if confidential:
        assert "no-store" in headers.get("Cache-Control", ""), f"{page.url} may be cached"


def check_page(page: Page) -> None:
    """What holds for every HTML page of both sites."""
    for rule in (
        _has_title_and_one_heading,
        _tells_errors,
        _labels_every_field,
        _refers_to_what_is_there,
        _has_nothing_inline,
        _loads_nothing_foreign,
    ):
        rule(page)


def check_public_page(page: Page, settings: Settings, fetch: Fetch) -> None:
    """What holds for the public site besides: contact, no needless cookie, a light page.

    And no script there sends anything anywhere.
    """
    policy = _directives(page.headers.get("Content-Security-Policy", ""))
    assert "connect-src" not in policy, f"{page.url} lets a script send"
    for promised in ("12388", settings.body.phone, settings.body.address, settings.body.hours):
        assert promised in page.text, f"{page.url} does not show {promised}"
    if not page.forms and page.status == 200:
        assert "Set-Cookie" not in page.headers, f"{page.url} sets a cookie without a form"
    parts = list(_loaded(page))
    assert 1 + len(parts) <= REQUEST_LIMIT, f"{page.url} loads {parts}"
    weight = sum(len(gzip.compress(body)) for body in (page.body, *map(fetch, parts)))
    assert weight <= WEIGHT_LIMIT, f"{page.url} weighs {weight} bytes"


def is_confidential(url: str, side: str) -> bool:
    """Whether an address must never be kept by a browser: all of the desk, and the wizard."""
    path = urlsplit(url).path
    return side == "desk" or any(path == one or path.startswith(f"{one}/") for one in CONFIDENTIAL)


def _directives(policy: str) -> dict[str, list[str]]:
    parts = (one.split() for one in policy.split(";") if one.strip())
    return {name: sources for name, *sources in parts}


def _has_title_and_one_heading(page: Page) -> None:
    assert page.root.get("lang") == "zh-CN", page.url
    assert len(page.find_all("title")) == 1, page.url
    assert page.title, page.url
    headings = [words(one) for one in page.find_all("h1")]
    assert len(headings) == 1, f"{page.url} has the headings {headings}"
    assert headings[0], f"{page.url} has an empty heading"


def _tells_errors(page: Page) -> None:
    wrong = bool(page.find_all(class_="govuk-error-message") or page.errors)
    assert page.title.startswith("错误：") is wrong, f"{page.url}: {page.title}"
    assert bool(page.errors) is wrong, f"{page.url} has no error summary"
    controls = {one.get("id") for one in _controls(page)}
    for summary in page.find_all(class_="govuk-error-summary"):
        for link in summary.iter("a"):
            target = link.get("href", "").removeprefix("#")
            assert target in controls, f"{page.url}: the error points at {target!r}"


def _labels_every_field(page: Page) -> None:
    labelled = {one.get("for") for one in page.find_all("label") if words(one)}
    grouped = {id(one) for group in page.find_all("fieldset") for one in _asked(group)}
    for one in _controls(page):
        if one.get("type") in UNLABELLED:
            continue
        named = one.get("id") in labelled or one.get("aria-label") or one.get("aria-labelledby")
        assert named, f"{page.url}: {one.get('name')} has no label"
        if one.get("type") == "radio":
            assert id(one) in grouped, f"{page.url}: {one.get('name')} asks no question"


def _asked(group: Element) -> Iterable[Element]:
    legend = group.find("legend")
    return group.iter("input") if legend is not None and words(legend) else ()


def _refers_to_what_is_there(page: Page) -> None:
    ids = Counter(name for one in page.find_all() if (name := one.get("id")))
    twice = [name for name, times in ids.items() if times > 1]
    assert not twice, f"{page.url} has the ids {twice} twice"
    for one in page.find_all():
        for attribute in REFERENCES:
            missing = set(one.get(attribute, "").split()) - set(ids)
            assert not missing, f"{page.url}: {attribute} names {missing}"


def _has_nothing_inline(page: Page) -> None:
    assert not page.find_all("style"), f"{page.url} has a style element"
    for one in page.find_all("script"):
        assert one.get("src"), f"{page.url} has an inline script"
        assert not words(one), f"{page.url} has an inline script"
    for one in page.find_all():
        unsafe = [name for name in one.attrib if name == "style" or name.startswith("on")]
        assert not unsafe, f"{page.url}: {one.tag} has {unsafe}"
        address = one.get("href", "").strip().lower()
        assert not address.startswith(("javascript:", "data:")), f"{page.url}: {address}"


def _loads_nothing_foreign(page: Page) -> None:
    for tag, attribute in LOADED.items():
        for one in page.find_all(tag):
            _check_own(page, one.get(attribute, ""))
    for form in page.find_all("form"):
        _check_own(page, form.get("action", ""))
    assert not page.find_all("meta", http_equiv="refresh"), page.url


def _check_own(page: Page, address: str) -> None:
    parts = urlsplit(address)
    assert not parts.scheme, f"{page.url} reaches out to {address}"
    assert not parts.netloc, f"{page.url} reaches out to {address}"


def _loaded(page: Page) -> Iterable[str]:
    # Browsers fetch the small icon once for a whole site and not as a part of the page.
    for one in page.find_all("link"):
        if one.get("rel") == "stylesheet":
            yield one.get("href", "")
    for tag in ("script", "img", "source", "iframe"):
        yield from (one.get("src", "") for one in page.find_all(tag))


def _controls(page: Page) -> list[Element]:
    return [one for tag in CONTROLS for one in page.find_all(tag)]
