"""How satisfied a citizen is: what a sealed rating holds, and one size for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from portal.sealing import age, documents
from portal.sealing.content import SUITE
from portal.sealing.errors import MalformedContent
from portal.sealing.keys import Recipient
from portal.sealing.padding import pad_to

# A character takes up to six bytes: the longest comment fits with room to spare.
RATING_BUCKET = 4096
MOST_COMMENT = 500

QUESTIONS = ("timely", "attitude", "speed", "site")
SKIPPED = 0
HIGHEST = 5


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Levels from 1 to 5, or SKIPPED; whether it was solved, or empty; a comment, or empty."""

    timely: int = SKIPPED
    attitude: int = SKIPPED
    speed: int = SKIPPED
    site: int = SKIPPED
    solved: str = ""
    comment: str = ""

    @property
    def levels(self) -> dict[str, int]:
        """Return the level of each of QUESTIONS, SKIPPED ones too."""
        return {question: getattr(self, question) for question in QUESTIONS}

    def to_bytes(self) -> bytes:
        """Return the rating's one spelling; MalformedContent for half a character."""
        return documents.to_bytes({"type": "rating", "suite": SUITE, **vars(self)})

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a rating.

        :raises MalformedContent: for anything but the exact bytes that `to_bytes` gives.
        """
        fields = documents.from_bytes(data)
        fields.expect("type", "rating")
        fields.expect("suite", SUITE)
        levels = {question: fields.number(question) for question in QUESTIONS}
        rating = cls(**levels, solved=fields.text("solved"), comment=fields.text("comment"))
        fields.end()
        if not all(SKIPPED <= level <= HIGHEST for level in levels.values()):
            raise MalformedContent("a level is out of its range")
        return rating


def seal_rating(rating: Rating, recipients: Sequence[Recipient]) -> bytes:
    """Seal a rating; the result has the same length whatever was chosen and written.

    :raises BadPadding: when the comment is longer than MOST_COMMENT characters by far.
    """
    return age.encrypt(pad_to(rating.to_bytes(), RATING_BUCKET), recipients)
