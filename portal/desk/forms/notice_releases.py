"""Letting a notice go out, putting it right, taking it back."""

from datetime import UTC, datetime, timedelta

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, StopValidation

from portal.desk.forms.revisions import Revised
from portal.reference.days import COUNTY_ZONE
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST_REASON = 500
FARTHEST = timedelta(days=3_653)


class PublishForm(Revised, PortalForm):
    """When an approved version goes out; empty is at once. `now` is set before validation."""

    day = StringField("哪天", validators=[NoNul(), AtMost(10)])
    minute = StringField("几点", default="09:00", validators=[NoNul(), AtMost(5)])
    revision = HiddenField()
    now: datetime
    not_before: datetime | None = None

    def validate_day(self, field: StringField) -> None:
        """Read the instant, in the county's time; it lies ahead."""
        typed = (field.data or "").strip()
        if not typed:
            return
        try:
            local = datetime.fromisoformat(f"{typed}T{self.minute.data or ''}")
        except ValueError as error:
            raise StopValidation("这样填：2026-11-23，时间填 09:00") from error
        instant = local.replace(tzinfo=COUNTY_ZONE)
        # At the ends of the calendar there is no such instant in UTC, nor a day months later.
        if local.tzinfo is not None or not timedelta() < instant - self.now < FARTHEST:
            raise StopValidation("时间要在现在以后、十年以内；马上放行的，请清空")
        self.not_before = instant.astimezone(UTC)


class CorrectForm(PortalForm):
    """Why a released notice is changed; everybody will read it."""

    why = StringField(
        "为什么更正", validators=[DataRequired("请写为什么更正"), NoNul(), AtMost(LONGEST_REASON)]
    )


class WithdrawForm(Revised, PortalForm):
    """Why a released notice is taken back; `revision` is the release that the page showed."""

    reason = TextAreaField(
        "为什么撤回",
        filters=[line_ends],
        validators=[DataRequired("请写为什么撤回"), NoNul(), AtMost(LONGEST_REASON)],
    )
    revision = HiddenField()
