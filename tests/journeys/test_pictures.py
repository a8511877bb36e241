"""The pictures of docs/notices.md can be taken anew at any time."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.palette import size
from tests.pictures import FOLDER, take_all


@pytest.mark.journey
def test_every_picture_is_taken_anew_as_large_as_it_was(
    start, chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    take_all(start(), chromium, folder)
    taken = {path.name: size(path.read_bytes()) for path in folder.iterdir()}
    assert taken == {path.name: size(path.read_bytes()) for path in FOLDER.iterdir()}
