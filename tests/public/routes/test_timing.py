"""POST /track takes the same time for a code of a report and for any other."""

import pytest

from portal.public.domain.derivation import derive_all
from portal.public.models.cases import Case
from portal.reference.days import local_day
from portal.sealing import tracking_code
from tests.needs import need_time
from tests.timing import COUNT, MOST, told_apart


@pytest.fixture
def codes(house, now) -> tuple[list[str], list[str]]:
    """Codes of reports, and codes of nothing."""
    known = [tracking_code.draw() for _ in range(COUNT)]
    with house.database.writing() as session:
        for number, code in enumerate(known):
            keys = derive_all(house.tracking_slots, code, house.peppers)
            session.add(
                Case(
                    id=f"{number:032x}",
                    lookup_hash=keys[0].lookup_hash,
                    pepper_id="pepper-2",
                    reference=str(10_000_000 + number),
                    received_on=local_day(now),
                    state="received",
                    state_on=local_day(now),
                )
            )
    return [one.digits for one in known], [tracking_code.draw().digits for _ in range(COUNT)]


@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_known_and_an_unknown_code_take_the_same_time(visitor, codes):
    need_time("4,000 look-ups")
    token = visitor.open("/track").value("csrf_token")

    def asking(of: list[str]):
        def ask(number: int) -> None:
            data = {"csrf_token": token, "code": of[number]}
            answer = visitor.client.post(
                "/track",
                base_url=visitor.origin,
                data=data,
                headers={"Origin": visitor.origin, "Sec-Fetch-Site": "same-origin"},
            )
            assert answer.status_code == 303

        return ask

    known, unknown = codes
    assert told_apart(asking(known), asking(unknown)) <= MOST
