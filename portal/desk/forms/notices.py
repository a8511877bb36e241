"""Drafting a notice: one long page, whose cases have numbered fields."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Regexp, StopValidation
from wtforms.validators import Optional as MayBeEmpty

from portal.desk.domain.notices import paragraphs
from portal.desk.domain.notices.drafts import MOST_CASES, CaseEntry, Draft
from portal.desk.forms.revisions import Revised
from portal.desk.forms.unsaved import Tabbed
from portal.exchange.notices import ANONYMISED, NAMED
from portal.reference.vocabulary import vocabulary
from portal.text import sanitise
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST_RICH = 20_000
LONGEST_TITLE = 100
LONGEST_SUMMARY = 300
ADD_CASE = "add-case"
REWRITE = "rewrite-"
MODES = ((ANONYMISED, "匿名"), (NAMED, "点名"))
GROUPS = {"party": "党纪", "administrative": "政务", "non_punitive": "组织处理"}
REFERENCE = re.compile(r"[1-9][0-9]{7}")
DISPUTED = "这一段的格式不能确定安全，没有保存。请改成纯文字再粘贴"


def line(label: str, most: int, *checks: Any) -> StringField:
    """Return a field for one line of text."""
    return StringField(label, validators=[*checks, NoNul(), AtMost(most)])


def _rich(label: str) -> TextAreaField:
    return TextAreaField(
        label, filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_RICH), _harmless]
    )


def _harmless(_form: PortalForm, field: TextAreaField) -> None:
    try:
        sanitise.from_typed(field.data or "")
    except sanitise.Disputed as error:
        raise StopValidation(DISPUTED) from error


def select(label: str, options: list[tuple[str, str]]) -> SelectField:
    """Return a list to choose from."""
    return SelectField(label, choices=[SelectChoice(*option) for option in options])


def _sanctions(label: str, *groups: str) -> SelectField:
    listed = [one for one in vocabulary().sanctions if one.group in groups]
    named = [(one.code, f"{GROUPS[one.group]}：{one.label}") for one in listed]
    return select(label, [("", "没有"), *named])


class NewNoticeForm(PortalForm):
    """What a notice begins with."""

    kind = select("种类", [(one.code, one.label) for one in vocabulary().notice_kinds])
    mode = select("写不写姓名", list(MODES))
    title = line("标题", LONGEST_TITLE, DataRequired("请写标题"))

    def draft(self) -> Draft:
        """Return the first draft, in the words that its kind begins and ends with."""
        kind = self.kind.data
        cases = () if kind in paragraphs.ANNOUNCEMENTS else (CaseEntry(),)
        return Draft(
            kind=kind,
            mode=self.mode.data,
            title=" ".join(self.title.data.split()),
            intro=paragraphs.opening(kind),
            cases=cases,
            closing=paragraphs.closing(kind),
        )


class EditForm(Tabbed, Revised, NewNoticeForm):
    """Everything of a notice but its parties; `revision` is the version that the page showed.

    Made for a number of cases by `edit_form`.
    """

    summary = TextAreaField(
        "摘要", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_SUMMARY)]
    )
    intro = _rich("开头")
    closing = _rich("结尾")
    area = select("领域", [("", "不分"), *((one.code, one.label) for one in vocabulary().areas)])
    region = line("区划代码", 12, MayBeEmpty(), Regexp(r"^[0-9]{6,12}$", message="填6到12位数字"))
    recovered = line("追回的钱物", 100)
    sheet = line("呈批件编号", 50)
    legal_basis = line("点名的依据", 200)
    answers = line(
        "澄清哪一份通报",
        9,
        MayBeEmpty(),
        Regexp(r"^[0-9]{4}-[0-9]{4}$", message="填编号，例如 2026-0003"),
    )
    expires_on = line("显示到哪天", 20)
    references = line("来自哪些举报", 200)
    correcting = line("为什么更正", 500)
    revision = HiddenField()
    cases = HiddenField()
    count = 0
    most = MOST_CASES

    def validate_expires_on(self, field: StringField) -> None:
        """Refuse what is no day of the calendar."""
        field.data = (field.data or "").strip()
        try:
            field.data = date.fromisoformat(field.data).isoformat() if field.data else ""
        except ValueError as error:
            raise StopValidation("这样填：2027-05-20") from error

    def validate_references(self, field: StringField) -> None:
        """Read references of eight digits."""
        if any(not REFERENCE.fullmatch(one) for one in (field.data or "").split()):
            raise StopValidation("登记号是8位数字，几个之间空一格")

    def changed(self, before: Draft) -> Draft:
        """Return the draft as it was typed here; its parties stay."""
        plain = ("kind", "mode", "area", "expires_on")
        lines = ("region", "recovered", "sheet", "legal_basis", "answers", "correcting")
        texts = {name: self[name].data or "" for name in plain}
        texts |= {name: " ".join((self[name].data or "").split()) for name in lines}
        return replace(
            before,
            **texts,  # type: ignore[arg-type]  # by name
            title=" ".join(self.title.data.split()),
            summary=(self.summary.data or "").strip(),
            intro=sanitise.from_typed(self.intro.data or ""),
            closing=sanitise.from_typed(self.closing.data or ""),
            references=tuple((self.references.data or "").split()),
            cases=self._typed_cases(),
        )

    def case_fields(self, number: int) -> dict[str, Any]:
        """Return the fields of one case by name, for the page."""
        return {name: self[f"case_{number}_{name}"] for name in CASE_FIELDS}

    def _typed_cases(self) -> tuple[CaseEntry, ...]:
        typed = [self._case(number) for number in range(self.count)]
        kept = [case for case in typed if not case.is_blank]
        adds = self.step.data == ADD_CASE and len(kept) < MOST_CASES
        return (*kept, CaseEntry()) if adds else tuple(kept)

    def _case(self, number: int) -> CaseEntry:
        values = {name: (one.data or "").strip() for name, one in self.case_fields(number).items()}
        case = CaseEntry(
            **{**values, "paragraph": sanitise.from_typed(values["paragraph"])},
        )
        if self.step.data == f"{REWRITE}{number}" or not case.paragraph:
            return replace(case, paragraph=paragraphs.of_case(case))
        return case


CASE_FIELDS: dict[str, Callable[[], Any]] = {
    "unit": lambda: line("单位", 100),
    "post": lambda: line("职务", 100),
    "people": lambda: line("人（代号）", 30),
    "what": lambda: line("问题", 200),
    "since": lambda: line("从", 30),
    "until": lambda: line("到", 30),
    "amount": lambda: line("金额", 50),
    "party_sanction": lambda: _sanctions("党纪处分", "party"),
    "other_sanction": lambda: _sanctions("政务处分或者组织处理", "administrative", "non_punitive"),
    "sanctioned_on": lambda: line("处分时间", 30),
    "recovered": lambda: line("追回", 50),
    "paragraph": lambda: _rich("这一起的段落"),
}


def numbered(typed: str | None, prefix: str = "") -> int:
    """Return the number that a hidden field or a button carries; 0 when somebody tampered."""
    digits = (typed or "").removeprefix(prefix)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else 0


def edit_form(count: int) -> type[EditForm]:
    """Return the form for a notice with so many cases."""
    number = min(count, MOST_CASES)
    fields = {
        f"case_{n}_{name}": make() for n in range(number) for name, make in CASE_FIELDS.items()
    }
    return type("CasesForm", (EditForm,), {**fields, "count": number})


def shown(draft: Draft, version: int) -> dict[str, str]:
    """Return what the fields of `edit_form` show of a draft."""
    plain = {
        name: getattr(draft, name)
        for name in (
            *("kind", "mode", "title", "summary", "area", "region", "recovered", "sheet"),
            *("legal_basis", "answers", "expires_on", "correcting"),
        )
    }
    cases = {
        f"case_{n}_{name}": getattr(case, name)
        for n, case in enumerate(draft.cases)
        for name in CASE_FIELDS
    }
    rich = {name: value for name, value in cases.items() if name.endswith("_paragraph")}
    rich |= {"intro": draft.intro, "closing": draft.closing}
    typed = {name: sanitise.to_typed(value) for name, value in rich.items()}
    more = {"references": " ".join(draft.references), "revision": str(version)}
    return {**plain, **cases, **typed, **more, "cases": str(len(draft.cases))}
