"""Deciding days of the calendar: one day, or a year pasted as lines of date, works, source."""

import re
from datetime import date
from typing import Any

from wtforms import (
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from portal.desk.domain.calendar import FIRST_YEAR, Decided
from portal.desk.forms import pasted
from portal.desk.forms.pasted import BadLine
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

PREVIEW = "preview"
EDIT = "edit"
DO = "do"
LAST_YEAR = 2100
LONGEST_SOURCE = 100
LONGEST = 40_000
DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?")
WORKS = {"1": True, "是": True, "班": True, "上班": True, "work": True, "true": True}
RESTS = {"0": False, "否": False, "休": False, "休息": False, "rest": False, "false": False}
HEADS = {"date", "日期"}


class DayForm(PortalForm):
    """One day; `step` is set by the button pressed."""

    works = RadioField(
        "这一天",
        [InputRequired("请选上班还是休息")],
        choices=[SelectChoice("work", "上班"), SelectChoice("rest", "休息")],
    )
    source = StringField(
        "依据",
        [
            InputRequired("请写依据，例如通知的名称和文号"),
            NoNul(),
            Length(max=LONGEST_SOURCE, message=f"依据最多{LONGEST_SOURCE}个字"),
        ],
    )
    step = HiddenField()

    def decided(self, day: date) -> list[Decided]:
        """Return the day as it was decided; only after validation."""
        return [Decided(day, WORKS.get(self.works.data, False), self.source.data.strip())]


class ImportForm(PortalForm):
    """A year as lines; `decided` are its days once it is valid."""

    rows = TextAreaField(
        "名单",
        filters=[line_ends],
        validators=[InputRequired("请粘贴一年的名单"), NoNul(), AtMost(LONGEST)],
    )
    step = HiddenField()
    decided: list[Decided]

    def validate_rows(self, field: Any) -> None:
        """Read every line; all that cannot be read are named together.

        :raises wtforms.ValidationError: with the sentences, by line.
        """
        self.decided, wrong = read_lines(field.data)
        pasted.refuse(wrong)


def read_lines(typed: str) -> tuple[list[Decided], list[str]]:
    """Read lines of date, works, source; return the days in order, and what is wrong by line."""
    found: dict[date, Decided] = {}
    wrong: list[str] = []
    for number, cells in pasted.lines(typed):
        if number == 1 and cells[0].lower() in HEADS:
            continue
        try:
            one = _decided(cells)
            _check_place(one.day, found)
        except BadLine as bad:
            wrong.append(f"第{number}行：{bad.sentence}")
        else:
            found[one.day] = one
    if not found and not wrong:
        wrong.append("第1行：没有写日期")
    return [found[day] for day in sorted(found)], wrong


def _decided(cells: list[str]) -> Decided:
    if len(cells) != 3:
        raise BadLine("要有三样：日期,上班还是休息,依据")
    works = {**WORKS, **RESTS}.get(cells[1].lower())
    if works is None:
        raise BadLine(f"“{cells[1][:20]}”要写成 班 或者 休")
    if not 1 <= len(cells[2]) <= LONGEST_SOURCE:
        raise BadLine(f"依据要写，最多{LONGEST_SOURCE}个字")
    return Decided(_day(cells[0]), works, cells[2])


def _day(typed: str) -> date:
    match = DAY.fullmatch(typed)
    try:
        day = date(*map(int, match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        raise BadLine(f"“{typed[:20]}”不是日期，要写成 2027-01-01")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadLine(f"{day.year}年不在日历里")
    return day


def _check_place(day: date, found: dict[date, Decided]) -> None:
    if day in found:
        raise BadLine(f"{day}前面写过了")
    if found and next(iter(found)).year != day.year:
        raise BadLine(f"{day}是另外一年，一次只导入一年")
