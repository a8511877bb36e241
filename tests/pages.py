"""A browser for tests: it opens, fills and clicks like a person without JavaScript.

Every page it opens is held against the promises of `tests.page_rules`.
"""

from collections.abc import Mapping
from io import BytesIO
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug import Response
from werkzeug.test import TestResponse

from tests.compiled import COMPILED
from tests.page_parts import Form, Page, words
from tests.page_rules import check_headers, check_page, check_public_page, is_confidential

Sent = Mapping[str, str | bytes]
REDIRECTS = {301, 302, 303}
HOPS = 5


class Browser:
    """One person's browser on one site; it keeps cookies and the page that is open."""

    def __init__(self, app: Flask) -> None:
        house = app.extensions["portal"]
        self.side = house.side
        self.https = house.https
        self.settings = house.settings
        self.origin = f"{'https' if self.https else 'http'}://localhost"
        app.jinja_env.bytecode_cache = COMPILED
        self.client = app.test_client()
        self.now_open: Page | None = None
        self._static: dict[str, bytes] = {}

    @property
    def page(self) -> Page:
        """The page that is open."""
        assert self.now_open is not None, "open a page first"
        return self.now_open

    def open(self, url: str, status: int = 200) -> Page:
        """Open an address, following redirects to the page that ends with this status."""
        return self._visit("GET", url, {}, status)

    def fill(self, status: int = 200, press: str = "", **fields: str | bool | bytes) -> Page:
        """Fill fields of the open page and send their form by a button, the first unless named.

        A radio or a select takes one of its values, a checkbox True, False or its value, a
        choice of a file its bytes.
        """
        form = self._form_with(set(fields))
        return self._send(form, form.filled(**fields), _button(form, press), status)

    def press(self, label: str, status: int = 200) -> Page:
        """Press a button of the open page; its form goes out as it stands."""
        for form in self.page.forms:
            for button in form.buttons:
                if words(button) == label:
                    return self._send(form, form.filled(), button, status)
        raise AssertionError(f"{self.page.url} has no button {label!r}")

    def click(self, label: str, status: int = 200) -> Page:
        """Follow a link of the open page by its words."""
        links = self.page.links
        assert label in links, f"{self.page.url} has no link {label!r}, only {list(links)}"
        return self.open(urljoin(self.page.url, links[label]), status)

    def post(self, url: str, data: Sent, status: int = 200) -> Page:
        """Send a form that no page offers, as a hostile or an outdated browser does."""
        return self._visit("POST", url, data, status)

    def _form_with(self, names: set[str]) -> Form:
        main = {id(one) for one in self.page.find("main").iter("form")}
        forms = [form for form in self.page.forms if names <= form.names]
        forms.sort(key=lambda form: id(form.element) not in main)
        assert forms, f"{self.page.url} has no form with {sorted(names)}"
        return forms[0]

    def _send(self, form: Form, values: Sent, button: Element | None, status: int) -> Page:
        if button is not None and button.get("name"):
            values = {**values, button.get("name", ""): button.get("value", "")}
        action = form.action if button is None else button.get("formaction", form.action)
        return self._visit(form.method, urljoin(self.page.url, action), values, status)

    def _visit(self, method: str, url: str, data: Sent, status: int) -> Page:
        for _hop in range(HOPS):
            page = self._answer(method, url, data)
            if page.status not in REDIRECTS:
                break
            method, url, data = "GET", urljoin(page.url, page.headers["Location"]), {}
        assert page.status == status, f"{page.url} answered {page.status}, not {status}"
        self._check(page)
        self.now_open = page
        return page

    def _answer(self, method: str, url: str, data: Sent) -> Page:
        path = urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl() or "/"
        with self._request(method, path, data) as response:
            page = Page(path, response.status_code, _plain(response), response.data)
        confidential = is_confidential(path, self.side)
        check_headers(page, https=self.https, confidential=confidential)
        return page

    def _request(self, method: str, path: str, data: Sent) -> TestResponse:
        if method == "GET":
            return self.client.get(path, base_url=self.origin, query_string=data or None)
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, base_url=self.origin, data=_parts(data), headers=headers)

    def _check(self, page: Page) -> None:
        if not page.is_html:
            return
        check_page(page)
        if self.side == "public":
            check_public_page(page, self.settings, self._fetch)

    def _fetch(self, address: str) -> bytes:
        if address not in self._static:
            with self.client.get(address, base_url=self.origin) as response:
                assert response.status_code == 200, f"{address} answered {response.status_code}"
                self._static[address] = response.data
            assert b"@import" not in self._static[address], f"{address} loads more"
        return self._static[address]


def _button(form: Form, label: str) -> Element | None:
    buttons = [one for one in form.buttons if not label or words(one) == label]
    assert buttons or not label, f"{form.page_url} has no button {label!r} there"
    return buttons[0] if buttons else None


def _parts(data: Sent) -> dict[str, str | tuple[BytesIO, str]]:
    return {
        name: (BytesIO(value), "1.txt") if isinstance(value, bytes) else value
        for name, value in data.items()
    }


def _plain(response: Response) -> dict[str, str]:
    return {name: ", ".join(response.headers.getlist(name)) for name, _ in response.headers}
