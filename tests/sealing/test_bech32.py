"""Bech32 of any length; valid and invalid texts of BIP 173 whose data part age could carry."""

import os

import pytest

from portal.sealing import bech32


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 32, 1216])
def test_bytes_of_any_length_come_back(length):
    data = os.urandom(length)
    text = bech32.encode("age1pq", data)
    assert text == text.lower()
    assert bech32.decode(text) == ("age1pq", data)
    assert bech32.decode(text.upper()) == ("age1pq", data)


@pytest.mark.parametrize(
    "text",
    [
        "A12UEL5L",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "?1ezyfcl",
    ],
)
def test_valid_texts_of_the_standard_are_read(text):
    assert bech32.decode(text) == (text.lower().rpartition("1")[0], b"")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A1G7SGD8", id="checksum of the upper-case prefix"),
        pytest.param("a12UEL5L", id="mixed case"),
        pytest.param("pzry9x0s0muk", id="no separator"),
        pytest.param("1pzry9x0s0muk", id="empty prefix"),
        pytest.param("x1b4n0q5v", id="character outside the alphabet"),
        pytest.param("li1dgmt3", id="checksum too short"),
        pytest.param("a12uel5\u017f", id="foreign character"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_texts_are_refused(text):
    with pytest.raises(bech32.BadBech32):
        bech32.decode(text)


def test_any_wrong_character_is_found():
    text = bech32.encode("age", bytes(range(32)))
    for place in range(4, len(text)):
        other = "q" if text[place] != "q" else "p"
        with pytest.raises(bech32.BadBech32, match="checksum"):
            bech32.decode(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize("words", [[1], [0], [0, 1], [31] * 3])
def test_bits_that_belong_to_no_byte_are_refused(words):
    checksum = bech32._checksum("age", words)
    text = "age1" + "".join(bech32.CHARSET[word] for word in [*words, *checksum])
    with pytest.raises(bech32.BadBech32, match="leftover"):
        bech32.decode(text)
