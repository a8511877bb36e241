"""What an editor writes: the text of a notice, its cases, and the people behind its tokens."""

import html
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Self

from portal.exchange.notices import ANONYMISED, NAMED
from portal.sealing import documents
from portal.sealing.content import SUITE
from portal.sealing.documents import Fields, Json
from portal.text import sanitise

TOKENS = tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")
SUBJECT = "subject"
# Roles of people in a notice; whoever is no subject is masked in every mode.
ROLES = {
    SUBJECT: "被通报人",
    "reporter": "举报人",
    "witness": "证人",
    "relative": "亲属",
    "client": "管理服务对象",
    "other": "其他",
}
MOST_CASES = 20
# 澄清正名 in the vocabulary.
CLARIFICATION = "N09"


@dataclass(frozen=True)
class Party:
    """A person of a notice; the text says `〔token〕` for them, and never their name.

    `named` asks for the name to be printed, which only a notice 点名 does, and only for a subject
    who is of age.
    """

    token: str
    role: str
    name: str
    other_names: tuple[str, ...] = ()
    unit: str = ""
    post: str = ""
    minor: bool = False
    named: bool = False

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read a party; MalformedContent for anything else."""
        party = cls(
            token=fields.text("token"),
            role=fields.text("role"),
            name=fields.text("name"),
            other_names=fields.texts("other_names"),
            unit=fields.text("unit"),
            post=fields.text("post"),
            minor=fields.flag("minor"),
            named=fields.flag("named"),
        )
        fields.end()
        return party


@dataclass(frozen=True)
class CaseEntry:
    """One case of a notice: what is known of it, field by field, and its paragraph (clean HTML)."""

    unit: str = ""
    post: str = ""
    people: str = ""
    what: str = ""
    since: str = ""
    until: str = ""
    amount: str = ""
    party_sanction: str = ""
    other_sanction: str = ""
    sanctioned_on: str = ""
    recovered: str = ""
    paragraph: str = ""

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read a case; MalformedContent for anything else."""
        entry = cls(**{name: fields.text(name) for name in cls.__dataclass_fields__})
        fields.end()
        return entry

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return self == CaseEntry()

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of the people of this case, each once."""
        return tuple(dict.fromkeys(one for one in self.people if one in TOKENS))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One version of a notice as its editors write it.

    `intro` and `closing` are clean HTML; `cases` have a paragraph each. `sheet` is the number of
    the paper approval sheet (呈批件), `references` the reports that it comes from, `correcting` why
    a released notice is changed.
    """

    kind: str
    mode: str = ANONYMISED
    title: str
    summary: str = ""
    intro: str = ""
    cases: tuple[CaseEntry, ...] = ()
    closing: str = ""
    region: str = ""
    area: str = ""
    recovered: str = ""
    sheet: str = ""
    legal_basis: str = ""
    answers: str = ""
    expires_on: str = ""
    references: tuple[str, ...] = ()
    correcting: str = ""
    parties: tuple[Party, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the draft's one spelling; MalformedContent for half a character."""
        document: dict[str, Json] = {**asdict(self), "type": "notice-draft", "suite": SUITE}
        return documents.to_bytes(document)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a draft.

        :raises MalformedContent: for anything but the exact bytes that `to_bytes` gives.
        """
        fields = documents.from_bytes(data)
        fields.expect("type", "notice-draft")
        fields.expect("suite", SUITE)
        lists = {"cases", "references", "parties"}
        texts = {name: fields.text(name) for name in cls.__dataclass_fields__ if name not in lists}
        draft = cls(
            **texts,
            cases=tuple(CaseEntry.from_fields(one) for one in fields.each("cases")),
            references=fields.texts("references"),
            parties=tuple(Party.from_fields(one) for one in fields.each("parties")),
        )
        fields.end()
        return draft

    @property
    def is_named(self) -> bool:
        """Whether it is to name its subjects (点名)."""
        return self.mode == NAMED

    @property
    def is_clarification(self) -> bool:
        """Whether it clears somebody; what answers a notice does, whatever kind it is called."""
        return self.kind == CLARIFICATION or bool(self.answers)

    @property
    def people(self) -> tuple[str, ...]:
        """The tokens of all subjects, each once: those of the cases, or of the parties table."""
        of_cases = [token for case in self.cases for token in case.tokens]
        subjects = {party.token for party in self.parties if party.role == SUBJECT}
        return tuple(dict.fromkeys(token for token in of_cases if token in subjects))

    def party(self, token: str) -> Party | None:
        """Return who a token stands for."""
        return next((party for party in self.parties if party.token == token), None)

    def shows_name(self, party: Party) -> bool:
        """Tell whether this notice may print a party's name."""
        return self.is_named and party.named and party.role == SUBJECT and not party.minor

    def sources(self) -> Iterator[tuple[str, str]]:
        """Give each public text of the draft with its field, as HTML with tokens.

        The fields of the body come in its order: `intro`, `case-0` and so on, `closing`.
        """
        for name in ("title", "summary", "recovered"):
            yield name, html.escape(getattr(self, name), quote=False)
        yield from self.body()

    def body(self) -> Iterator[tuple[str, str]]:
        """Give the texts of the body with their fields."""
        yield "intro", self.intro
        yield from ((f"case-{n}", case.paragraph) for n, case in enumerate(self.cases))
        yield "closing", self.closing

    def with_source(self, field: str, source: str) -> Self:
        """Return the draft with another text in one of the fields of `sources`.

        :raises portal.text.sanitise.Disputed: when the text cannot be made harmless.
        """
        if field in {"title", "summary", "recovered"}:
            return self._with(**{field: html.unescape(source)})
        clean = sanitise.clean(source)
        if not field.startswith("case-"):
            return self._with(**{field: clean})
        number = int(field.removeprefix("case-"))
        cases = [
            replace(case, paragraph=clean) if n == number else case
            for n, case in enumerate(self.cases)
        ]
        return replace(self, cases=tuple(cases))

    def _with(self, **texts: str) -> Self:
        return replace(self, **texts)  # type: ignore[arg-type]  # by name
