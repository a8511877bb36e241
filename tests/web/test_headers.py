"""Headers on every answer; caching only where nothing confidential is shown."""

import pytest

from portal.web.headers import FIXED
from tests.web.conftest import make

EVERYWHERE = ["/open", "/confidential", "/nowhere", "/abort/400", "/abort/403", "/abort/413"]


@pytest.mark.parametrize("path", [*EVERYWHERE, "/abort/429", "/abort/500", "/abort/503"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    for name, value in FIXED.items():
        assert headers[name] == value
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_without_tls_nothing_is_said_of_tls(table, tmp_path):
    client = make(table, tmp_path, https=False).test_client()
    assert "Strict-Transport-Security" not in client.get("/open").headers


@pytest.mark.parametrize("path", ["/confidential", "/nowhere", "/abort/500", "/form"])
def test_what_may_be_confidential_is_never_stored(client, path):
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_an_open_page_is_revalidated(client):
    first = client.get("/open")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/open", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_a_static_file_is_immutable_under_its_hash(client, app):
    address = app.jinja_env.globals["static"]("site.css")
    with client.get(address) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/000000000000/site.css").status_code == 404
    assert client.get(address.replace("site.css", "nothing.css")).status_code == 404


@pytest.mark.parametrize("path", EVERYWHERE[2:])
def test_every_error_page_says_whom_to_call_and_where_to_go(client, path):
    page = client.get(path).text
    for words in ("12388", "0990-1238800", "青岚县柳溪镇清风路1号", "工作日8:30—18:00"):
        assert words in page


@pytest.mark.parametrize(("status", "shown"), [(418, 418), (405, 405), (501, 501)])
def test_a_rare_error_has_a_page_too(client, status, shown):
    answer = client.get(f"/abort/{status}")
    assert answer.status_code == shown
    assert "12388" in answer.text


def test_a_full_disk_is_said_and_a_broken_one_is_an_error(client):
    assert client.post("/full-disk").status_code == 503
    assert client.post("/odd-disk").status_code == 500


def test_a_foreign_host_name_is_refused(client):
    assert client.get("/open", base_url="http://elsewhere.example").status_code == 400
