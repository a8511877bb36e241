"""What a browser answers for a passkey: right only from a known key, to this question, here."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk.domain import passkey_answers
from portal.desk.domain.passkey_answers import BadAnswer, CounterWentBack
from portal.desk.domain.passkeys import Answer
from portal.desk.domain.relying_party import RelyingParty
from portal.desk.models.passkeys import Passkey
from tests.desk.authenticator import ORIGIN, PRESENT, VERIFIED, Authenticator, text_of

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
PARTY = RelyingParty("localhost", "青岚县纪委监委", ORIGIN)
QUESTION = bytes(range(32))
OTHER_QUESTION = bytes(32)


def asked(challenge: bytes = QUESTION) -> dict[str, Any]:
    return {"challenge": text_of(challenge)}


def known_of(key: Authenticator, count: int = 0) -> Passkey:
    """Return the row of a key that answered its first question."""
    made = passkey_answers.check_made(PARTY, QUESTION, key.make(asked()))
    return Passkey(
        id="a" * 64,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=count,
    )


def test_a_new_key_tells_what_its_answers_are_checked_with() -> None:
    key = Authenticator()
    row = known_of(key)
    right = passkey_answers.check_answer(PARTY, QUESTION, [row], key.answer(asked()), now=NOW)
    assert right == Answer(row.id, 1, NOW)


@pytest.mark.parametrize(
    ("other", "challenge"),
    [
        pytest.param({"origin": "https://elsewhere.example"}, QUESTION, id="another address"),
        pytest.param({"host": "elsewhere.example"}, QUESTION, id="another host"),
        pytest.param({"flags": PRESENT}, QUESTION, id="user not verified"),
        pytest.param({"flags": VERIFIED}, QUESTION, id="nobody there"),
        pytest.param({}, OTHER_QUESTION, id="another question"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(other: dict[str, Any], challenge: bytes) -> None:
    key = Authenticator()
    row = known_of(key)
    for name, value in other.items():
        setattr(key, name, value)
    with pytest.raises(BadAnswer):
        passkey_answers.check_made(PARTY, QUESTION, key.make(asked(challenge)))
    with pytest.raises(BadAnswer):
        answer = key.answer(asked(challenge))
        passkey_answers.check_answer(PARTY, QUESTION, [row], answer, now=NOW)


def test_a_key_that_nobody_registered_and_a_foreign_signature_are_refused() -> None:
    key, stranger = Authenticator(), Authenticator()
    row = known_of(key)
    with pytest.raises(BadAnswer):
        answer = stranger.answer(asked())
        passkey_answers.check_answer(PARTY, QUESTION, [row], answer, now=NOW)
    stranger.credential_id = key.credential_id
    with pytest.raises(BadAnswer):
        answer = stranger.answer(asked())
        passkey_answers.check_answer(PARTY, QUESTION, [row], answer, now=NOW)


@pytest.mark.parametrize(("before", "said"), [(7, 6), (7, 7), (7, 0)])
def test_a_counter_that_does_not_go_on_is_told_apart(before: int, said: int) -> None:
    key = Authenticator(counts=False)
    row = known_of(key, before)
    key.count = said
    with pytest.raises(CounterWentBack) as caught:
        passkey_answers.check_answer(PARTY, QUESTION, [row], key.answer(asked()), now=NOW)
    assert caught.value.passkey_id == row.id


def test_a_key_that_never_counts_is_good_each_time() -> None:
    key = Authenticator(counts=False)
    right = passkey_answers.check_answer(
        PARTY, QUESTION, [known_of(key)], key.answer(asked()), now=NOW
    )
    assert right.sign_count == 0


def without(answer: str, path: list[str]) -> str:
    whole = json.loads(answer)
    part = whole
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return json.dumps(whole)


@given(
    st.one_of(
        st.text(max_size=200),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=20),
            lambda inner: st.dictionaries(
                st.sampled_from(["id", "rawId", "type", "response", "clientDataJSON"]), inner
            ),
        ).map(json.dumps),
    )
)
@settings(max_examples=100, deadline=None)
def test_whatever_a_browser_sends_is_at_most_a_bad_answer(sent: str) -> None:
    with pytest.raises(BadAnswer):
        passkey_answers.check_made(PARTY, QUESTION, sent)
    with pytest.raises(BadAnswer):
        passkey_answers.check_answer(PARTY, QUESTION, [], sent, now=NOW)


@pytest.mark.parametrize("made", [True, False], ids=["made", "answered"])
def test_a_part_that_is_missing_or_damaged_makes_a_bad_answer(*, made: bool) -> None:
    key = Authenticator()
    row = known_of(key)

    def check(answer: str) -> None:
        if made:
            passkey_answers.check_made(PARTY, QUESTION, answer)
        else:
            passkey_answers.check_answer(PARTY, QUESTION, [row], answer, now=NOW)

    whole = key.make(asked()) if made else key.answer(asked())
    for path in (["id"], ["rawId"], ["type"], ["response"], ["response", "clientDataJSON"]):
        with pytest.raises(BadAnswer):
            check(without(whole, path))
    damaged = json.loads(whole)
    for name, value in damaged["response"].items():
        shorter = {**damaged, "response": {**damaged["response"], name: value[:-8]}}
        with pytest.raises(BadAnswer):
            check(json.dumps(shorter))
