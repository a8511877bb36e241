"""延期: how many working days more, and why."""

from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from portal.desk.domain.terms import LONGEST_EXTENSION
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST_REASON = 1_000


class ExtensionForm(PortalForm):
    """`revision` is the case's when the page was opened."""

    days = StringField("延长几个工作日", [InputRequired("请填延长几个工作日"), NoNul()])
    reason = TextAreaField(
        "理由",
        filters=[line_ends],
        validators=[InputRequired("请写理由"), NoNul(), AtMost(LONGEST_REASON)],
    )
    revision = HiddenField()

    def validate_days(self, _field: StringField) -> None:
        """Check that it is a length an extension may have.

        :raises wtforms.ValidationError: otherwise.
        """
        if not 1 <= self.length <= LONGEST_EXTENSION:
            raise ValidationError(f"请填1到{LONGEST_EXTENSION}之间的数")

    @property
    def length(self) -> int:
        """The working days asked for; 0 when that is no number."""
        return _number((self.days.data or "").strip()) or 0

    @property
    def seen_revision(self) -> int:
        """The revision that the page was opened at; -1 when somebody tampered with it."""
        found = _number(self.revision.data or "")
        return -1 if found is None else found


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None
