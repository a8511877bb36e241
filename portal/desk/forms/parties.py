"""The parties table of a notice: who stands behind each token."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField

from portal.desk.domain.notices.drafts import ROLES, TOKENS, Draft, Party
from portal.desk.forms.notices import line, select
from portal.desk.forms.revisions import Revised
from portal.desk.forms.unsaved import Tabbed
from portal.web.forms import PortalForm

BLANK_PARTIES = 2
PARTY_FIELDS: dict[str, Callable[[], Any]] = {
    "role": lambda: select("身份", list(ROLES.items())),
    "name": lambda: line("姓名", 50),
    "other_names": lambda: line("别的写法", 100),
    "unit": lambda: line("单位", 100),
    "post": lambda: line("职务", 100),
    "minor": lambda: BooleanField("未成年"),
    "named": lambda: BooleanField("点名"),
}


class PartiesForm(Tabbed, Revised, PortalForm):
    """The people behind the tokens; a row without a name is none."""

    revision = HiddenField()
    tokens: tuple[str, ...] = ()
    most = len(TOKENS)

    def row(self, token: str) -> dict[str, Any]:
        """Return the fields of one token by name, for the page."""
        return {name: self[_party_name(token, name)] for name in PARTY_FIELDS}

    def changed(self, before: Draft) -> Draft:
        """Return the draft with the people that were typed in, after validation.

        People whose rows the page did not have stay as they are.
        """
        elsewhere = [party for party in before.parties if party.token not in self.tokens]
        people = sorted([*self._typed(), *elsewhere], key=lambda one: TOKENS.index(one.token))
        return replace(before, parties=tuple(people))

    def _typed(self) -> list[Party]:
        rows = ((token, self.row(token)) for token in self.tokens)
        return [_party(token, row) for token, row in rows if (row["name"].data or "").strip()]

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse names of one character, which every text would hold."""
        valid = bool(super().validate(extra_validators))
        for token in self.tokens:
            row = self.row(token)
            names = [row["name"].data or "", *(row["other_names"].data or "").split()]
            if any(len(name.strip()) == 1 for name in names):
                row["name"].errors = ["姓名至少两个字"]
                valid = False
        return valid


def parties_form(draft: Draft, sent: Mapping[str, str] | None = None) -> type[PartiesForm]:
    """Return the form for a draft's parties, with empty rows for more.

    :param sent: fields that a browser sent: then the form has the rows that its page had, whoever
        saved others meanwhile
    """
    used = [party.token for party in draft.parties]
    free = [token for token in TOKENS if token not in used][:BLANK_PARTIES]
    rows = {*used, *free} if sent is None else _rows_of(sent)
    tokens = tuple(token for token in TOKENS if token in rows)
    fields = {
        _party_name(token, name): make() for token in tokens for name, make in PARTY_FIELDS.items()
    }
    return type("RowsForm", (PartiesForm,), {**fields, "tokens": tokens})


def shown_parties(draft: Draft, version: int) -> dict[str, Any]:
    """Return what the fields of `parties_form` show of a draft."""
    values: dict[str, Any] = {"revision": str(version)}
    for party in draft.parties:
        texts = {name: getattr(party, name) for name in PARTY_FIELDS}
        texts["other_names"] = " ".join(party.other_names)
        values |= {_party_name(party.token, name): value for name, value in texts.items()}
    return values


def _rows_of(sent: Mapping[str, str]) -> set[str]:
    return {token for token in TOKENS if _party_name(token, "role") in sent}


def _party_name(token: str, name: str) -> str:
    return f"party_{TOKENS.index(token)}_{name}"


def _party(token: str, row: dict[str, Any]) -> Party:
    return Party(
        token=token,
        role=row["role"].data,
        name=row["name"].data.strip(),
        other_names=tuple((row["other_names"].data or "").split()),
        unit=(row["unit"].data or "").strip(),
        post=(row["post"].data or "").strip(),
        minor=row["minor"].data,
        named=row["named"].data,
    )
