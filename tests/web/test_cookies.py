"""The session cookie: `__Host-` over TLS, encrypted, forgotten when it is emptied."""

import pytest

from tests.web.conftest import make

NAME = "__Host-small"


def cookie(client):
    return client.get_cookie(NAME, domain="localhost", path="/")


def test_what_is_remembered_is_recalled_and_not_readable(client):
    client.get("/remember/青岚县")
    assert client.get("/recall").text == "青岚县"
    assert "青岚" not in cookie(client).value


def test_the_cookie_is_fenced_in(client):
    set_cookie = client.get("/remember/x").headers["Set-Cookie"]
    for part in (NAME, "Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in set_cookie
    assert "Domain" not in set_cookie
    assert "Expires" not in set_cookie


def test_no_page_sets_a_cookie_before_a_form_needs_one(client):
    assert "Set-Cookie" not in client.get("/open").headers
    assert "Set-Cookie" not in client.get("/confidential").headers
    assert NAME in client.get("/form").headers["Set-Cookie"]


@pytest.mark.parametrize("value", ["", "x", "AAAA", "not base64 at all!", "A" * 200])
def test_a_damaged_or_foreign_cookie_is_an_empty_session(client, value):
    client.set_cookie(NAME, value, domain="localhost")
    assert client.get("/recall").text == "nothing"


def test_an_emptied_session_deletes_the_cookie(client):
    client.get("/remember/x")
    client.get("/forget")
    assert cookie(client) is None


def test_without_tls_the_cookie_has_a_plain_name(table, tmp_path):
    client = make(table, tmp_path, https=False).test_client()
    set_cookie = client.get("/remember/x").headers["Set-Cookie"]
    assert set_cookie.startswith("small=")
    assert "Secure" not in set_cookie
