"""Logs name places in the code, never what a person typed."""

import io
import logging

from portal.web.logs import PlacesOnly


def test_an_exception_is_written_without_its_message():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlacesOnly("%(levelname)s %(message)s"))
    log = logging.getLogger("portal.test-of-logs")
    log.addHandler(handler)
    log.propagate = False
    try:
        raise ValueError("8317 2054 9961")
    except ValueError:
        log.exception("a request failed")
    written = stream.getvalue()
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "8317" not in written
