"""Ground of all forms: Chinese messages, a token that never expires a slow writer, no NUL."""

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from portal.reference.texts import text


class PortalForm(FlaskForm):
    """A form whose expired token is told like any other mistake, with the text kept."""

    class Meta(FlaskForm.Meta):
        """WTForms in Chinese."""

        locales: ClassVar[list[str]] = ["zh"]

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate; a missing or foreign token becomes one sentence above the kept text."""
        valid = bool(super().validate(extra_validators))
        if self.expired:
            self.csrf_token.errors = [text("error.expired")]
        return valid

    @property
    def expired(self) -> bool:
        """Whether the page was open longer than its session cookie lived."""
        return bool(self.csrf_token.errors)


class NoNul:
    """Refuses NUL, which no keyboard types, no database keeps and no page can show.

    What is shown again has a visible mark in its place, to be found and deleted.
    """

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check one field.

        :raises wtforms.ValidationError: when its text holds NUL.
        """
        if isinstance(field.data, str) and "\0" in field.data:
            field.data = field.data.replace("\0", "\N{REPLACEMENT CHARACTER}")
            raise ValidationError("里面有不能识别的字符，请删去再试")
