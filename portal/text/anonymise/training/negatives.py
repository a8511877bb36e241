"""Ordinary text of the repository's own pages, in which nobody is named."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[4]
SENTENCE = re.compile(r"[一-鿿][^<>{}\n\"]{5,160}")


def sentences() -> Iterator[str]:
    """Yield the Chinese sentences of the templates and of the packaged texts."""
    for page in sorted(ROOT.joinpath("templates").rglob("*.html")):
        yield from SENTENCE.findall(page.read_text(encoding="utf-8"))
    for file in sorted(ROOT.joinpath("portal/reference/data").glob("*.json")):
        yield from _strings(json.loads(file.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from SENTENCE.findall(value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
