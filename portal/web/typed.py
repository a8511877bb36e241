"""Checks of what people type, counted the way people count; forms of both sites use them."""

from collections.abc import Collection

from flask_wtf import FlaskForm
from wtforms import Field, ValidationError

from portal.text.normalise import newlines


def line_ends(value: str | None) -> str | None:
    """Make every line end LF, as a form filter; nothing else changes."""
    return newlines(value) if value else value


class AtMost:
    """Refuses more code points than `limit`."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check one field.

        :raises wtforms.ValidationError: when it is too long.
        """
        count = len(field.data or "")
        if count > self.limit:
            raise ValidationError(f"最多写{self.limit}个字，您写了{count}个字")


class OneOf:
    """Refuses any choice that is not offered; the empty code stands for none."""

    def __init__(self, codes: Collection[str], message: str) -> None:
        self._codes = codes
        self._message = message

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check one field.

        :raises wtforms.ValidationError: when its choice is not among the codes.
        """
        if (field.data or "") not in self._codes:
            raise ValidationError(self._message)
