"""docs/interface.md lists every address of the public site, and says which may be cached."""

from tests.documents import documented, routes


def test_every_address_is_documented_and_no_other(site):
    assert set(documented("Public site")) == routes(site)


def test_confidential_pages_are_never_stored_and_open_ones_may_be(site):
    client = site.test_client()
    for (method, path), kind in documented("Public site").items():
        if method != "GET" or "<" in path or path == "/healthz":
            continue
        answer = client.get(path, base_url="https://localhost")
        if kind == "confidential":
            assert answer.headers["Cache-Control"] == "no-store", path
        else:
            assert answer.headers["Cache-Control"] in {"no-cache", "no-store"}, path
