"""The list of units: one by its fields, or many pasted as lines."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from wtforms import Field, HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, StopValidation

from portal.desk.domain.units import Entry
from portal.desk.forms import pasted
from portal.desk.forms.pasted import BadLine
from portal.desk.forms.revisions import Revised
from portal.desk.models.units import Unit
from portal.reference.vocabulary import vocabulary
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

PREVIEW, EDIT, DO = "preview", "edit", "do"
LONGEST_NAME = 100
LONGEST_NAMES = 1_000
LONGEST_POST = 50
LONGEST_POSTS = 5_000
LONGEST_LIST = 200_000
MOST_POSTS = 200
MOST_PEOPLE = 99_999
COLUMNS = 6
HEADS = {"name", "名称", "单位"}
BETWEEN = re.compile("[、;；\n]+")
POST = re.compile(r"(.*?[^\s\d:：])[\s:：]*(\d{1,5})\s*[人名个]?")


class UnitForm(Revised, PortalForm):
    """One unit; `posts` has a post and a number on each line."""

    name = StringField(
        "名称",
        filters=[lambda typed: " ".join((typed or "").split())],
        validators=[DataRequired("请写单位名称"), NoNul(), AtMost(LONGEST_NAME)],
    )
    other_names = TextAreaField(
        "别的名称", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_NAMES)]
    )
    kind = SelectField(
        "种类",
        choices=[
            SelectChoice("", "请选"),
            *(SelectChoice(one.code, one.label) for one in vocabulary().unit_types),
        ],
        validators=[InputRequired("请选种类")],
    )
    place = StringField("在哪里", validators=[NoNul(), AtMost(LONGEST_NAME)])
    size = StringField("一共多少人", validators=[NoNul(), AtMost(10)])
    posts = TextAreaField(
        "职务和人数", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_POSTS)]
    )
    revision = HiddenField()

    def validate_name(self, field: Field) -> None:
        """Refuse names of one character, which every text would hold."""
        _said(field, _named)

    def validate_other_names(self, field: Field) -> None:
        """Refuse such other names too."""
        _said(field, _names)

    def validate_size(self, field: Field) -> None:
        """Read a number, or nothing."""
        _said(field, _size)

    def validate_posts(self, field: Field) -> None:
        """Read posts with their numbers."""
        _said(field, _posts)

    def entry(self) -> Entry:
        """Return the unit as it was typed; only after validation."""
        return Entry(
            name=self.name.data,
            other_names=_names(self.other_names.data or ""),
            kind=self.kind.data,
            place=" ".join((self.place.data or "").split()),
            size=_size(self.size.data or ""),
            posts=_posts(self.posts.data or ""),
        )


class UnitsForm(PortalForm):
    """Many units as lines; `entries` are they once it is valid."""

    rows = TextAreaField(
        "名单",
        filters=[line_ends],
        validators=[InputRequired("请粘贴名单"), NoNul(), AtMost(LONGEST_LIST)],
    )
    step = HiddenField()
    entries: list[Entry]

    def validate_rows(self, field: Any) -> None:
        """Read every line; all that cannot be read are named together.

        :raises wtforms.ValidationError: with the sentences, by line.
        """
        self.entries, wrong = read_lines(field.data)
        pasted.refuse(wrong)


class UnitButtonForm(PortalForm):
    """A button about a unit, where nothing is typed."""


def shown(unit: Unit) -> dict[str, str]:
    """Return what the fields of a form show of a unit."""
    return {
        "name": unit.name,
        "other_names": unit.other_names,
        "kind": unit.kind,
        "place": unit.place,
        "size": "" if unit.size is None else str(unit.size),
        "posts": "\n".join(f"{post.name} {post.people}" for post in unit.posts),
        "revision": str(unit.revision),
    }


def read_lines(typed: str) -> tuple[list[Entry], list[str]]:
    """Read lines of name, other names, kind, place, size, posts; and say what is wrong by line."""
    found: dict[str, Entry] = {}
    wrong: list[str] = []
    for number, cells in pasted.lines(typed):
        if number == 1 and cells[0].lower() in HEADS:
            continue
        try:
            entry = _entry(cells)
            if entry.name in found:
                raise BadLine(f"“{entry.name}”前面写过了")
        except BadLine as bad:
            wrong.append(f"第{number}行：{bad.sentence}")
        else:
            found[entry.name] = entry
    if not found and not wrong:
        wrong.append("第1行：没有写单位")
    return list(found.values()), wrong


def _entry(cells: list[str]) -> Entry:
    if len(cells) != COLUMNS:
        raise BadLine("要有六样：名称,别的名称,种类,在哪里,人数,职务和人数；没有的空着")
    name, other_names, kind, place, size, posts = cells
    if len(place) > LONGEST_NAME or len(other_names) > LONGEST_NAMES:
        raise BadLine("地方或者别的名称太长")
    return Entry(
        _named(" ".join(name.split())),
        _names(other_names),
        _kind(kind),
        place,
        _size(size),
        _posts(posts),
    )


def _said(field: Field, read: Callable[[str], object]) -> None:
    """Let a field be read as a cell of a line is, and say the same when it cannot be."""
    try:
        read(field.data or "")
    except BadLine as bad:
        raise StopValidation(bad.sentence) from bad


def _named(typed: str) -> str:
    if not 2 <= len(typed) <= LONGEST_NAME:
        raise BadLine(f"名称要2到{LONGEST_NAME}个字")
    return typed


def _names(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(" ".join(one.split())) for one in _parts(typed)))


def _kind(typed: str) -> str:
    known = vocabulary().unit_types
    codes = {said: one.code for one in known for said in (one.code, one.label)}
    if typed not in codes:
        raise BadLine(f"“{typed[:20]}”不是单位的种类，写代码（例如 U10）或者名称")
    return codes[typed]


def _size(typed: str) -> int | None:
    digits = typed.strip().removesuffix("人")
    if not digits:
        return None
    if not digits.isdecimal() or not 1 <= int(digits) <= MOST_PEOPLE:
        raise BadLine(f"人数填1到{MOST_PEOPLE}的数字，不知道的空着")
    return int(digits)


def _posts(typed: str) -> tuple[tuple[str, int], ...]:
    posts: dict[str, int] = {}
    for part in _parts(typed):
        match = POST.fullmatch(part)
        if match is None or int(match[2]) < 1 or not 2 <= len(match[1]) <= LONGEST_POST:
            raise BadLine(f"“{part[:20]}”要写成：党支部书记 1")
        if match[1] in posts:
            raise BadLine(f"职务“{match[1]}”写了两次")
        posts[match[1]] = int(match[2])
    if len(posts) > MOST_POSTS:
        raise BadLine(f"一个单位最多写{MOST_POSTS}个职务")
    return tuple(posts.items())


def _parts(typed: str) -> Iterable[str]:
    return filter(None, (part.strip() for part in BETWEEN.split(typed)))
