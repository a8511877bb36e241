"""Documentation that lists things says what is there."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from portal import cli
from portal.config import CHECKOUT
from portal.settings import SECTIONS, is_required

DOCS = CHECKOUT / "docs"


def settings() -> list[tuple[str, str]]:
    return [
        (section, f"| `{one.name}` | {default(one)} | {one.metadata['doc']} |")
        for section, kind in SECTIONS.items()
        for one in fields(kind)
    ]


def default(one) -> str:
    return "required" if is_required(one) else f"`{one.default!r}`"


@pytest.mark.parametrize(("section", "line"), settings())
def test_every_setting_is_documented_as_it_is(section, line):
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    _before, _heading, rest = page.partition(f"## [{section}]\n")
    assert line in rest.partition("\n## ")[0]


def test_no_setting_is_documented_that_is_gone():
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    documented = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(documented) == len(settings())


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_is_documented(name):
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    assert f"| `portal {name}` | {cli.COMMANDS[name]} |" in page


def markdown() -> list[Path]:
    return [CHECKOUT / "README.md", *DOCS.rglob("*.md")]


@pytest.mark.parametrize("page", markdown(), ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
