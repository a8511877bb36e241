"""An act on a case: the words for the citizen, and the state of the case they were written for."""

from wtforms import HiddenField, StringField, TextAreaField

from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST = 5_000
LONGEST_PLACE = 100
PREVIEW = "preview"
EDIT = "edit"
DO = "do"
DO_AND_NEXT = "do-and-next"


class ActForm(PortalForm):
    """`revision` is the case's when the page was opened; `step` is set by the button pressed.

    `place` is the body or place that some acts name; those acts give it its label.
    """

    text = TextAreaField(
        "写给反映人的话", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST)]
    )
    place = StringField(validators=[NoNul(), AtMost(LONGEST_PLACE)])
    revision = HiddenField()
    step = HiddenField()

    @property
    def seen_revision(self) -> int:
        """The revision that the page was opened at; -1 when somebody tampered with it."""
        typed = self.revision.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 10 else -1
