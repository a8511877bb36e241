"""Pages whose words are kept before they are saved, and what is asked about such words."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import BooleanField, HiddenField

from portal.desk.domain.notices.drafts import TOKENS
from portal.desk.domain.notices.unsaved import Tab, Words
from portal.desk.forms.revisions import Revised
from portal.text.normalise import newlines
from portal.web.forms import PortalForm

ASIDE = "aside"
TAB = re.compile(r"[0-9a-f]{32}")
NOT_WORDS = frozenset({"csrf_token", "tab", "tab_seen", "step"})
NUMBERED = re.compile(r"(case|party)_([0-9]+)_")
LONGEST_SHOWN = 60


class Tabbed:
    """A form whose page has a name of its own in each browser; `step` is set by the button."""

    tab = HiddenField()
    tab_seen = HiddenField()
    step = HiddenField()

    @property
    def open_tab(self) -> Tab | None:
        """The page that was sent; None when somebody tampered with its name."""
        names = [str(field.data or "") for field in (self.tab, self.tab_seen)]
        if not TAB.fullmatch(names[0]):
            return None
        return Tab(names[0], names[1])

    @property
    def sets_aside(self) -> bool:
        """Whether the words are only to be kept, not saved."""
        return bool(self.step.data == ASIDE)


class KeepForm(Tabbed, Revised, PortalForm):
    """What comes with words that a script sends; the words themselves are not checked."""

    revision = HiddenField()


class DropForm(Tabbed, PortalForm):
    """The wish to forget unsaved words."""


def typed_words(sent: Any) -> Words:
    """Return every field of a form as it was typed, by name."""
    pairs = [(name, str(value)) for name, value in sent.items(multi=True)]
    return [(name, value) for name, value in pairs if name not in NOT_WORDS]


def differences(form: PortalForm, words: Words) -> list[tuple[str, str]]:
    """Return label and beginning of every text that differs from what a form shows."""
    typed = {name: newlines(value) for name, value in words}
    shown = {field.name: field for field in form if field.type != "CSRFTokenField"}
    asked = [name for name in {**shown, **typed} if name not in {*NOT_WORDS, "revision", "cases"}]
    return [
        (_label(name, shown), _beginning(typed.get(name, "")))
        for name in asked
        if not _same(shown.get(name), name, typed)
    ]


def _same(field: Any, name: str, typed: Mapping[str, str]) -> bool:
    if field is None:
        return not typed[name]
    if isinstance(field, BooleanField):
        return bool(field.data) == (name in typed)
    return newlines(str(field.data or "")) == typed.get(name, "")


def _beginning(value: str) -> str:
    return f"{value[:LONGEST_SHOWN]}…" if len(value) > LONGEST_SHOWN else value


def _label(name: str, shown: Mapping[str, Any]) -> str:
    label = str(shown[name].label.text) if name in shown else "现在没有的一栏"
    found = NUMBERED.match(name)
    if not found:
        return label
    number = int(found[2])
    if found[1] == "case":
        return f"第{number + 1}起：{label}"
    return f"〔{TOKENS[number]}〕{label}" if number < len(TOKENS) else label
