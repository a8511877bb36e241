"""Reads the tables of docs/interface.md."""

import re

from flask import Flask

from portal.config import CHECKOUT

ROW = re.compile(r"^\| `(GET|POST)` \| `([^`]+)` \| ([^|]+) \|$", re.MULTILINE)


def documented(heading: str) -> dict[tuple[str, str], str]:
    """Return, by method and address, what the table under a heading says of each route."""
    page = (CHECKOUT / "docs" / "interface.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return {(method, path): said for method, path, said in ROW.findall(section)}


def routes(app: Flask) -> set[tuple[str, str]]:
    """Return every method and address that an application answers to."""
    return {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
