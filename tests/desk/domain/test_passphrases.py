"""Passphrases: drawn evenly, typed freely, slow to guess."""

import random

import pytest

from portal.desk.domain import passphrases
from portal.desk.domain.passphrases import WrongPassword
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost

CHEAP = PasswordCost(memory_kib=64, time=1)
HOST = bytes(range(32))


def test_a_passphrase_has_eighty_bits() -> None:
    assert len(set(passphrases.SYLLABLES)) == 256
    assert all(one.isascii() and one.isalpha() for one in passphrases.SYLLABLES)
    words = passphrases.draw().split()
    assert len(words) == 5
    assert passphrases.SYLLABLES_PER_WORD == 2


def test_the_draw_uses_the_choice_it_is_given() -> None:
    first, second = random.Random(7), random.Random(7)
    assert passphrases.draw(first.choice) == passphrases.draw(second.choice)
    assert passphrases.draw() != passphrases.draw()


@pytest.mark.parametrize(
    "typed", ["baban caiwen", "BABAN  CAIWEN", "babancaiwen", "ｂａｂａｎ　caiwen ", "baban-caiwen"]
)
def test_one_passphrase_in_many_spellings(typed: str) -> None:
    assert passphrases.same(typed, "baban caiwen")
    private = Identity.generate()
    wrapped = passphrases.wrap(private, "baban caiwen", HOST, CHEAP)
    assert passphrases.unwrap(wrapped, typed, HOST) == private


@pytest.mark.parametrize("typed", ["baban caiwe", "", "caiwen baban", "巴班 caiwen"])
def test_another_passphrase(typed: str) -> None:
    assert not passphrases.same(typed, "baban caiwen")
    wrapped = passphrases.wrap(Identity.generate(), "baban caiwen", HOST, CHEAP)
    with pytest.raises(WrongPassword):
        passphrases.unwrap(wrapped, typed, HOST)


def test_the_host_secret_is_needed_too() -> None:
    wrapped = passphrases.wrap(Identity.generate(), "baban caiwen", HOST, CHEAP)
    with pytest.raises(WrongPassword):
        passphrases.unwrap(wrapped, "baban caiwen", bytes(32))


def test_a_decoy_stays_the_same_and_opens_for_nobody() -> None:
    decoy = passphrases.decoy(HOST, CHEAP)
    assert passphrases.decoy(HOST, CHEAP) is decoy
    with pytest.raises(WrongPassword):
        passphrases.unwrap(decoy, "baban caiwen", HOST)
