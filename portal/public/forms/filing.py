"""The last step: the citizen shows that the code is written down, and files."""

import unicodedata
from typing import ClassVar

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired

from portal.reference.texts import text
from portal.sealing.tracking_code import BadTrackingCode, TrackingCode, parse
from portal.text.normalise import ascii_digits
from portal.web.forms import PortalForm

LONGEST_CODE = 200


class LastGroupForm(PortalForm):
    """The last group of the code that was copied."""

    last_group = StringField(text("code.last_group.label"))
    mismatch: ClassVar[str] = text("error.last_group")

    def validate_against(self, code: TrackingCode) -> bool:
        """Validate the form, and that its last group, or whole code, is the one shown."""
        valid = self.validate()
        if not shows(self.last_group.data or "", code):
            self.last_group.errors = [self.mismatch]
            valid = False
        return valid


class CheckForm(LastGroupForm):
    """The last group of the code that was copied, and the declaration."""

    declare = BooleanField(text("code.declare"), validators=[InputRequired(text("error.declare"))])


def shows(typed: str, code: TrackingCode) -> bool:
    """Tell whether a text is the code's last group, in any usual spelling, or the whole code."""
    if ascii_digits(unicodedata.normalize("NFKC", typed)) == code.last_group:
        return True
    try:
        return len(typed) <= LONGEST_CODE and parse(typed).code == code
    except BadTrackingCode:
        return False
