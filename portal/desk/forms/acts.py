"""An act on a case: the words for the citizen, and the state of the case they were written for."""

from wtforms import HiddenField, TextAreaField

from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST = 5_000
PREVIEW = "preview"
EDIT = "edit"
DO = "do"
DO_AND_NEXT = "do-and-next"


class ActForm(PortalForm):
    """`revision` is the case's when the page was opened; `step` is set by the button pressed."""

    text = TextAreaField(
        "写给反映人的话", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST)]
    )
    revision = HiddenField()
    step = HiddenField()

    @property
    def seen_revision(self) -> int:
        """The revision that the page was opened at; -1 when somebody tampered with it."""
        typed = self.revision.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else -1
