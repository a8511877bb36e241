"""Entering a letter, a visit or a call: one page, typed with the keyboard alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from portal.desk.domain.letters import LETTER, Entry, Reporter
from portal.desk.models.cases import ONLINE
from portal.reference.days import spoken_day
from portal.reference.vocabulary import vocabulary
from portal.sealing.content import Subject
from portal.text.dates import NoDay, typed_day
from portal.text.normalise import ascii_digits
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, OneOf, line_ends

YEAR = timedelta(days=366)
YES, NO = "yes", "no"
FIRST, AGAIN = "first", "again"
STORY_MOST = 10_000
PAGES_MOST = 999
SIGNERS_MOST = 9_999


def choice(label: str, options: Iterable[tuple[str, str]], wrong: str, start: str | None) -> Any:
    """Return a list whose entries are numbered: one digit key chooses, and Tab goes on.

    :param start: what stands there at first; None for nothing, which is refused
    """
    numbered = [SelectChoice(code, f"{n} {name}") for n, (code, name) in enumerate(options, 1)]
    known = [one.value for one in numbered] + ([""] if start == "" else [])
    nothing = [] if start else [SelectChoice("", "–")]
    return SelectField(
        label,
        choices=[*nothing, *numbered],
        default=start or "",
        validate_choice=False,
        validators=[OneOf(known, wrong)],
    )


def line(label: str, most: int) -> Any:
    """Return a field for one line of text."""
    return StringField(label, validators=[NoNul(), AtMost(most)])


def number_in(field: StringField, most: int, sentence: str) -> int | None:
    """Return a number typed by hand; None for an empty field.

    :raises wtforms.validators.StopValidation: for anything else.
    """
    typed = ascii_digits(field.data or "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal()) or not 1 <= int(typed[:9]) <= most:
        raise StopValidation(sentence)
    return int(typed)


class LetterForm(PortalForm):
    """Everything that is entered; `today` is set before validation, `once` makes it count once."""

    channel = choice(
        "来源",
        [(one.code, one.label) for one in vocabulary().channels if one.code != ONLINE],
        "请选来源",
        None,
    )
    received_on = StringField("收到日期", validators=[NoNul()])
    postmark = StringField("邮戳日期", validators=[NoNul()])
    pages = StringField("页数", validators=[NoNul()])
    signers = StringField("署名人数", validators=[NoNul()], default="1")
    repeated = choice("初次或重复", [(FIRST, "初次"), (AGAIN, "重复")], "请选初次或重复", FIRST)
    answerable = choice("有回信地址", [(YES, "有"), (NO, "没有")], "请选有没有回信地址", YES)
    category = choice(
        "问题类别",
        [(one.code, one.label) for one in vocabulary().citizen_groups],
        "请选问题类别",
        None,
    )
    unit = line("单位或者地方", 200)
    name = line("被反映人姓名", 50)
    post = line("职务", 100)
    level = choice(
        "哪一类人",
        [(one.code, one.plain) for one in vocabulary().levels],
        "请从名单里选",
        "",
    )
    region = line("县、乡镇、村", 100)
    happened = line("事情发生的时间", 200)
    place = line("事情发生的地点", 200)
    story = TextAreaField(
        "反映的问题", filters=[line_ends], validators=[NoNul(), AtMost(STORY_MOST)]
    )
    full_name = line("反映人姓名或单位", 100)
    phone = line("反映人电话", 40)
    once = HiddenField()
    today: date
    received: date | None = None
    stamped: date | None = None
    page_count: int | None = None
    signer_count = 1

    def validate_received_on(self, field: StringField) -> None:
        """Read the day of receipt: today or at most a year ago."""
        self.received = self._day(field)
        if self.received is None:
            raise StopValidation("请填收到日期，例如 20261118 或者 11.18")
        if self.received < self.today - YEAR:
            raise StopValidation("收到日期最早是一年以前")

    def validate_postmark(self, field: StringField) -> None:
        """Read the postmark of a letter: not after its receipt."""
        self.stamped = self._day(field)
        if self.stamped is None:
            return
        if self.channel.data != LETTER:
            raise StopValidation("只有来信才有邮戳，请清空，或者把来源改成来信")
        if self.received is not None and self.stamped > self.received:
            raise StopValidation("邮戳日期不能在收到日期以后")

    def validate_pages(self, field: StringField) -> None:
        """Read how many pages there are, if any."""
        self.page_count = number_in(field, PAGES_MOST, f"页数是1到{PAGES_MOST}的数字，可以不填")

    def validate_signers(self, field: StringField) -> None:
        """Read how many people signed."""
        sentence = f"署名人数是1到{SIGNERS_MOST}的数字"
        self.signer_count = number_in(field, SIGNERS_MOST, sentence) or 1

    def validate_story(self, field: TextAreaField) -> None:
        """Refuse a report without a story."""
        if not (field.data or "").strip():
            raise StopValidation("请写反映的问题")

    def validate_full_name(self, field: StringField) -> None:
        """Refuse a telephone without a name: it would belong to nobody."""
        if (self.phone.data or "").strip() and not (field.data or "").strip():
            raise StopValidation("填了电话，请填姓名；没有留姓名的，请清空电话")

    def entry(self) -> Entry:
        """Return what was entered, after validation."""
        return Entry(
            channel=self.channel.data,
            received_on=self.received or self.today,
            postmark=self.stamped,
            pages=self.page_count,
            signers=self.signer_count,
            repeated=self.repeated.data == AGAIN,
            answerable=self.channel.data != LETTER or self.answerable.data == YES,
            category=self.category.data,
            subject=self._subject(),
            story=self.story.data or "",
            place=self.place.data or "",
            happened=self.happened.data or "",
            reporter=self._reporter(),
        )

    def _subject(self) -> Subject:
        names = Subject.__dataclass_fields__
        return Subject(**{name: self[name].data or "" for name in names})

    def _reporter(self) -> Reporter | None:
        full_name = (self.full_name.data or "").strip()
        return Reporter(full_name, (self.phone.data or "").strip()) if full_name else None

    def _day(self, field: StringField) -> date | None:
        typed = (field.data or "").strip()
        if not typed:
            return None
        try:
            day = typed_day(typed, self.today)
        except NoDay as error:
            raise StopValidation("没有这一天。这样填：20261118、2026-11-18 或者 11.18") from error
        if day > self.today:
            raise StopValidation(f"不能在今天（{spoken_day(self.today)}）以后")
        return day
