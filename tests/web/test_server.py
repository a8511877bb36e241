"""The real server on a real socket: refusals in our words, a stop that loses no answer."""

import contextlib
import http.client
import socket
import threading
import time

import pytest

from portal.web.app import BODY_LIMIT
from portal.web.server import Server
from tests.web.conftest import make


@pytest.fixture
def server(table, tmp_path):
    running = Server(make(table, tmp_path, https=False), "127.0.0.1:0")
    thread = threading.Thread(target=running.run)
    thread.start()
    yield running
    running.stop()
    thread.join(timeout=30)
    assert not thread.is_alive()


def exchange(server: Server, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request)
        # Whoever has refused already may have hung up, too.
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
    return answer.decode()


def get(path: str, *more: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_a_page_is_served_without_naming_the_server(server):
    answer = exchange(server, get("/open"))
    assert answer.startswith("HTTP/1.1 200")
    assert "waitress" not in answer.lower()


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (get("/open", "X-Long: " + "x" * 40_000), 431),
    ],
)
def test_what_never_became_a_request_is_answered_with_our_page(server, request_bytes, status):
    answer = exchange(server, request_bytes)
    assert answer.startswith((f"HTTP/1.1 {status}", f"HTTP/1.0 {status}"))
    assert "0990-1238800" in answer
    assert "Content-Security-Policy: default-src 'none'" in answer


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 10_000_000])
def test_ten_megabytes_of_text_are_read_to_the_end_and_refused_with_a_page(server, notes, size):
    head = f"POST /notes/200 HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n"
    answer = exchange(server, head.encode() + b"words=" + b"x" * (size - 6))
    assert answer.startswith("HTTP/1.1 413")
    assert "内容太大了" in answer
    assert notes() == []


def test_chunks_without_end_are_refused(server, notes):
    head = b"POST /notes/200 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    # Nobody knows where such a body ends, so the rest is not read and the connection may break.
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        answer = exchange(server, head + b"100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n")
        assert answer.startswith("HTTP/1.1 413")
    assert notes() == []


def test_forwarded_headers_of_a_stranger_change_nothing(server):
    answer = exchange(server, get("/open", "X-Forwarded-Host: elsewhere.example"))
    assert answer.startswith("HTTP/1.1 200")


def test_a_request_in_flight_is_finished_when_the_server_stops(server, notes):
    body = b"words=in+flight"
    head = f"POST /notes/200 HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall((head + kind).encode() + body)
        time.sleep(0.05)
        server.stop()
        answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 200")
    assert notes() == ["in flight"]


@pytest.mark.parametrize(
    ("path", "status"), [("/unchanged", 304), ("/remember/x", 302), ("/see-other", 303)]
)
def test_a_connection_stays_open_after_an_answer_without_a_page(server, path, status):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    with contextlib.closing(connection):
        used = set()
        for asked in (path, path, "/open"):
            connection.request("GET", asked)
            answer = connection.getresponse()
            words = answer.read()
            assert connection.sock is not None, "the server hung up"
            used.add(connection.sock.getsockname())
            assert answer.status == (200 if asked == "/open" else status)
        assert len(used) == 1
        assert words == b"open"


@pytest.mark.parametrize("version", ["1.1", "1.0"])
def test_whoever_wants_the_connection_closed_gets_that(server, version):
    lines = [f"GET /unchanged HTTP/{version}", "Host: localhost", "Connection: close"]
    answer = exchange(server, ("\r\n".join(lines) + "\r\n\r\n").encode())
    assert answer.startswith(f"HTTP/{version} 304")
    assert "Connection: close" in answer
