"""After a whole journey, errors included: nothing typed or shown lies anywhere in clear."""

import re
from base64 import urlsafe_b64decode

from sqlalchemy import select

from portal.migrations import schema
from tests.public.stories import code_on, look, write_report

STORY = "石拱桥边第七棵槐树下，会计把补贴款交给了他弟弟。"
UNIT = "白鹭乡望江村"
NAME = "欧阳某甲"
ANYTHING = re.compile(r"[\w+/=-]{8,}")


def test_nothing_in_rows_files_and_logs_tells_what_was_written(visitor, house, tmp_path, caplog):
    cookies, code = _journey(visitor)
    assert len(cookies) > 8
    stored = _rows(house) + _files(tmp_path) + caplog.text.encode()
    groups = [code[n : n + 4] for n in range(0, 24, 4)]
    for typed in (STORY, STORY[:8], UNIT, NAME, code, " ".join(groups), code[:20]):
        assert typed.encode() not in stored


def test_no_stored_value_is_or_holds_what_was_in_a_cookie(visitor, house, site):
    cookies, _code = _journey(visitor)
    stored = _rows(house)
    inside = [value for cookie in cookies for value in _carried(site, cookie)]
    assert len(inside) > 20
    for value in [*cookies, *inside]:
        assert value.encode() not in stored
        if len(value) == 44:
            secret = urlsafe_b64decode(value)
            assert secret not in stored
            assert secret.hex().encode() not in stored


def test_no_cookie_shows_what_it_carries(visitor):
    cookies, code = _journey(visitor)
    for cookie in cookies:
        opened = urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
        for secret in (code, code[:4], STORY, "csrf", "draft", "look"):
            assert secret.encode() not in opened
            assert secret not in cookie


def test_the_code_is_in_no_address_and_no_title(visitor):
    code = code_on(write_report(visitor))
    seen = [visitor.page.title]
    visitor.fill(last_group=code[-4:], declare=True)
    for page in (visitor.page, look(visitor, code)):
        seen += [page.title, page.url, *page.headers.values(), *page.links.values()]
    for place in seen:
        assert code not in place
        assert code[:4] not in place.replace("-", "")


def _journey(visitor):
    """Go wrong and right once everywhere; return the cookie after every step, and the code."""
    cookies = []

    def remember(page):
        cookie = visitor.client.get_cookie("__Host-public", domain="localhost")
        cookies.extend([cookie.value] if cookie else [])
        return page

    remember(write_report(visitor, STORY, unit=UNIT, name=NAME))
    remember(visitor.open("/report/story"))
    remember(visitor.fill(story=STORY[:5], status=422))
    page = remember(visitor.open("/report/check"))
    code = code_on(page)
    remember(visitor.fill(last_group="0", status=422))
    remember(visitor.fill(last_group=code[-4:], declare=True))
    remember(visitor.open("/track"))
    remember(visitor.fill(code=code[:9], status=422))
    remember(look(visitor, code))
    token = visitor.open("/track/case").value("csrf_token")
    remember(visitor.post("/track/case/reply", {"text": STORY, "csrf_token": token}, status=409))
    return cookies, code


def _carried(site, cookie):
    request = site.test_request_context(
        base_url="https://localhost", headers={"Cookie": f"__Host-public={cookie}"}
    ).request
    opened = site.session_interface.open_session(site, request)
    return [value for value in map(str, opened.values()) if ANYTHING.fullmatch(value)]


def _rows(house):
    stored = b""
    with house.database.reading() as session:
        for one in schema.metadata("public"):
            for table in one.sorted_tables:
                for row in session.execute(select(table)):
                    stored += b"\n".join(map(_as_bytes, row))
    return stored


def _as_bytes(value):
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def _files(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
