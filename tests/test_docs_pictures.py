"""Every picture of the documents is there, small, and told in words; none lies about unused."""

import re

import pytest

from portal.config import CHECKOUT
from tests.palette import size
from tests.pictures import DESK, PHONE

DOCS = CHECKOUT / "docs"
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
LARGEST, ALL_TOGETHER = 120 * 1024, 1024 * 1024
SIZES = {(view["width"], view["height"]) for view in (DESK, PHONE)}


def shown() -> list[tuple[str, str]]:
    """Words and address of every picture, from docs/."""
    return [
        (words, str((page.parent / address).relative_to(DOCS)))
        for page in DOCS.rglob("*.md")
        for words, address in PICTURE.findall(page.read_text(encoding="utf-8"))
    ]


def files() -> list[str]:
    return sorted(str(path.relative_to(DOCS)) for path in DOCS.rglob("*.png"))


def test_every_picture_is_shown_once_and_none_is_left_over():
    assert sorted(address for _words, address in shown()) == files()
    assert files()


@pytest.mark.parametrize(("words", "address"), shown(), ids=lambda value: value[-20:])
def test_a_picture_is_told_in_words_and_small(words, address):
    assert CHINESE.search(words), f"{address} is not told in words"
    picture = (DOCS / address).read_bytes()
    assert size(picture) in SIZES
    assert len(picture) < LARGEST


def test_all_pictures_together_are_small():
    assert sum((DOCS / address).stat().st_size for address in files()) < ALL_TOGETHER
