"""Nothing that is more than text gets past the door, whoever signed it."""

import pytest

from portal.exchange.refusals import Park
from portal.public.models.notices import NoticeVersion
from portal.text.sanitise import Disputed, clean
from tests.public.payloads import PAYLOADS
from tests.public.released import notice
from tests.public.stories import rows


def test_there_are_enough_of_them():
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_a_signed_payload_is_refused_as_it_stands(house, newsdesk, number):
    with pytest.raises(Park, match="not clean"):
        newsdesk.release(notice(body=f"<p>开头</p>{PAYLOADS[number]}"))
    assert rows(house, NoticeVersion) == []


def test_what_the_cleaner_leaves_of_them_is_let_in(house, newsdesk):
    left = []
    for payload in PAYLOADS:
        try:
            left.append(clean(f"<p>开头</p>{payload}"))
        except Disputed:
            continue
    newsdesk.release(*(notice(f"2026-{n:04}", body=body) for n, body in enumerate(left, 1)))
    assert len(rows(house, NoticeVersion)) == len(left)
    assert len(left) > len(PAYLOADS) // 2
