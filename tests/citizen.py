"""A citizen as a program: files a report over HTTP up to the last POST, and looks it up."""

import http.client
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

STORY = "石桥村的集体账目两年没有公开，山林承包款去了哪里没有人说得清。" * 12
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
GROUP = re.compile(r'code__group">(\d{4})')


class Failed(Exception):
    """The site answered in a way that a citizen could not go on with."""


class Citizen:
    """One browser: a connection that is kept, and cookies."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=60, source_address=(address, 0)
        )
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Open a page and return its HTML."""
        return self._ask("GET", path, 200)

    def post(self, path: str, page: str, **fields: str) -> None:
        """Send a form of `page`; it must be taken."""
        found = TOKEN.search(page)
        if found is None:
            raise Failed(f"{path}: no form")
        self._ask("POST", path, 303, {"csrf_token": found.group(1), **fields})

    def write(
        self, story: str = STORY, *, who: dict[str, str] | None = None, **subject: str
    ) -> tuple[str, list[str]]:
        """Fill in a report; return the page of the last step and the code's groups.

        `who` are the fields of a named reporter; without them the report is anonymous.
        """
        identity = {"mode": "named", **who} if who else {"mode": "anonymous"}
        self.post("/report/matter", self.get("/report/matter"), category="village")
        self.post("/report/subject", self.get("/report/subject"), **subject)
        self.post("/report/story", self.get("/report/story"), story=story)
        self.post("/report/identity", self.get("/report/identity"), **identity)
        page = self.get("/report/check")
        return page, GROUP.findall(page)[:6]

    def press(self, page: str, groups: list[str]) -> None:
        """Do the last POST."""
        self.post("/report/check", page, last_group=groups[5], declare="y")

    def leave(self) -> None:
        """Forget everything, as a new visitor has nothing."""
        self._cookies.clear()

    def look_up(self, page: str, groups: list[str]) -> str:
        """Type the code and read where the report stands."""
        self.post("/track", page, code=" ".join(groups))
        return self.get("/track/case")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _ask(
        self, method: str, path: str, expected: int, fields: dict[str, str] | None = None
    ) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(fields)
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        if answer.status != expected:
            raise Failed(f"{method} {path}: {answer.status}")
        return text


@contextmanager
def stopwatch(times: list[float]) -> Iterator[None]:
    """Append the milliseconds that the block took."""
    began = time.perf_counter()
    yield
    times.append((time.perf_counter() - began) * 1000)
