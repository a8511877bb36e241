"""waitress, told to finish what it began and to answer in our own words."""

import signal
import time
from collections.abc import Mapping
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge

from portal.config import split_bind
from portal.web.app import BODY_LIMIT
from portal.web.errors import error_page

THREADS = 16
DRAIN_LIMIT = 64 * 1024 * 1024
GRACE_SECONDS = 20
IDLE_SECONDS = 30
REFUSALS = (400, 413, 431, 500, 501)

Page = tuple[str, list[tuple[str, str]], bytes]


class DrainingParser(HTTPRequestParser):
    """Reads a body that is too large to its end, keeping none of it, before it is refused.

    A browser that is cut off while it sends shows no page at all, only that the connection broke.
    """

    completed: bool
    _to_drain: int = 0

    def received(self, data: bytes) -> int:
        """Take the next bytes of the request; return how many were used."""
        if self._to_drain:
            return self._drain(data)
        consumed: int = super().received(data)
        if self.completed and isinstance(self.error, RequestEntityTooLarge):
            self._to_drain = min(self.content_length - self.body_bytes_received, DRAIN_LIMIT)
            self.completed = self._to_drain <= 0
        return consumed

    def _drain(self, data: bytes) -> int:
        consumed = min(len(data), self._to_drain)
        self._to_drain -= consumed
        self.completed = self._to_drain == 0
        return consumed


class Answer(WSGITask):
    """Leaves the connection open after an answer that has no body.

    waitress hangs up after whatever names no length. Of a 304 everybody knows where it ends, at
    its headers (RFC 9112, section 6.3), and who reads notices has nearly all of them already.
    """

    def set_close_on_finish(self) -> None:
        """Close, unless the answer ends by itself and the browser did not ask for the end."""
        asked = self.request.headers.get("CONNECTION", "").lower()
        if self.has_body or self.version != "1.1" or asked == "close":
            super().set_close_on_finish()


class Server:
    """One listening socket, its threads, and a stop that loses no answer."""

    def __init__(self, app: Flask, bind: str, *, proxy: str = "") -> None:
        host, port = split_bind(bind)
        self._map: dict[int, Any] = {}
        self._stopping = False
        self._server: TcpWSGIServer = create_server(
            app, map=self._map, **_adjustments(host, port, proxy)
        )
        self._server.channel_class = _channel_class(_refusal_pages(app))

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.effective_port)

    def stop(self, *_signal: object) -> None:
        """Ask the loop to end; callable from a signal handler or another thread."""
        if not self._stopping:
            self._stopping = True
            self._server.pull_trigger()

    def stop_on_signals(self) -> None:
        """Stop gently on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def run(self) -> None:
        """Serve until `stop`, then finish the requests in flight."""
        while not self._stopping:
            self._turn(1.0)
        self._close_door()
        deadline = time.monotonic() + GRACE_SECONDS
        while self._busy() and time.monotonic() < deadline:
            self._turn(0.05)
        self._server.task_dispatcher.shutdown()
        self._server.asyncore.close_all(self._map)

    def _turn(self, timeout: float) -> None:
        self._server.asyncore.loop(timeout=timeout, map=self._map, use_poll=True, count=1)

    def _close_door(self) -> None:
        self._server.del_channel(self._map)
        self._server.socket.close()

    def _busy(self) -> bool:
        return any(
            channel.requests or channel.total_outbufs_len
            for channel in list(self._server.active_channels.values())
        )


def _adjustments(host: str, port: int, proxy: str) -> dict[str, object]:
    trusted = {
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }
    return {
        "host": host,
        "port": port,
        "ipv4": ":" not in host,
        "ipv6": ":" in host,
        "threads": THREADS,
        "connection_limit": 1500,
        "channel_timeout": IDLE_SECONDS,
        "cleanup_interval": 10,
        "asyncore_use_poll": True,
        "recv_bytes": 262_144,
        "ident": None,
        "max_request_header_size": 32_768,
        "max_request_body_size": BODY_LIMIT + 1,
        # Larger than any body that is taken, so that none ever goes to a file on disk.
        "inbuf_overflow": 2 * BODY_LIMIT,
        # A page that shows a body again may be five times as long, and must stay in memory too.
        "outbuf_overflow": 16 * BODY_LIMIT,
        "clear_untrusted_proxy_headers": True,
        **(trusted if proxy else {}),
    }


def _channel_class(pages: Mapping[int, Page]) -> type:
    class Refusal(ErrorTask):
        """Answers what never became a request with our own page."""

        def execute(self) -> None:
            """Write the page for the parser's error."""
            self.status, headers, body = pages.get(self.request.error.code, pages[500])
            self.response_headers.extend(headers)
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class Channel(HTTPChannel):
        """A connection with our parser and our refusals."""

        parser_class = DrainingParser
        task_class = Answer
        error_task_class = Refusal

        def handle_close(self) -> None:
            """Close, and forget who called: an idle thread keeps its last connection for hours."""
            super().handle_close()
            self.addr = None

    return Channel


def _refusal_pages(app: Flask) -> dict[int, Page]:
    return {status: _page(app, status) for status in REFUSALS}


def _page(app: Flask, status: int) -> Page:
    with app.test_request_context(base_url=f"http://{app.config['TRUSTED_HOSTS'][0]}/"):
        response = app.process_response(app.make_response(error_page(status)))
        return response.status, list(response.headers.items()), response.get_data()
