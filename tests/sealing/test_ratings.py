"""A sealed rating tells nothing by its size, and opens only as what it was."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sealing.content import Words
from portal.sealing.errors import MalformedContent
from portal.sealing.keys import Identity
from portal.sealing.ratings import MOST_COMMENT, Rating, seal_rating
from portal.sealing.seal import seal_words
from portal.sealing.unseal import open_rating

KEY = Identity.generate()
LEVEL = st.integers(0, 5)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=MOST_COMMENT)
RATINGS = st.builds(
    Rating,
    timely=LEVEL,
    attitude=LEVEL,
    speed=LEVEL,
    site=LEVEL,
    solved=st.sampled_from(["", "yes", "partly", "no", "unknown"]),
    comment=TEXT,
)
SIZE = len(seal_rating(Rating(), [KEY.recipient]))


@settings(max_examples=50, deadline=None)
@given(RATINGS)
def test_every_rating_has_the_same_size_and_opens_as_it_was(rating: Rating):
    sealed = seal_rating(rating, [KEY.recipient])
    assert len(sealed) == SIZE
    assert open_rating(sealed, [KEY]) == rating


@pytest.mark.parametrize("character", ["\x01", "𠮷", "\\", "\n"])
def test_the_longest_comment_fits_whatever_its_characters_take(character: str):
    rating = Rating(timely=1, attitude=1, speed=1, site=1, comment=character * MOST_COMMENT)
    assert len(seal_rating(rating, [KEY.recipient])) == SIZE


@pytest.mark.parametrize("change", [{"timely": 6}, {"site": -1}, {"speed": "5"}, {"more": 1}])
def test_what_no_form_gives_is_refused(change: dict[str, object]):
    document = json.loads(Rating(timely=5).to_bytes()) | change
    data = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(MalformedContent):
        Rating.from_bytes(data.encode())


def test_words_do_not_pass_for_a_rating():
    words = seal_words(Words("满意", date(2026, 11, 20)), [KEY.recipient])
    with pytest.raises(MalformedContent):
        open_rating(words, [KEY])
