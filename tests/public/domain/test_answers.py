import pytest

from portal.public.domain import answers
from portal.public.domain.derivation import derive_all
from portal.public.domain.purposes import NotPossible
from portal.sealing.tracking_code import draw
from tests.public.stories import outgoing


def test_an_answer_to_a_case_that_went_away_meanwhile_is_not_sent(house, keyring, now):
    keys = derive_all(house.tracking_slots, draw(), house.peppers)[0]
    answer = answers.seal("三户都姓王", "c" * 32, keys, keyring.manifest(now), now)
    with pytest.raises(NotPossible), house.database.writing() as session:
        answers.send(session, house.outbox, answer, answers.draw_once(), now)
    assert outgoing(house) == []
