"""The start page: who types, on whose phone."""

from wtforms import BooleanField, HiddenField

from portal.web.forms import PortalForm

HELPER = "helper"
SELF = "self"
DISCARD = "discard"


class StartForm(PortalForm):
    """Beginning a report, or clearing one that was left on this phone.

    `who` is `self` or `helper`, `draft` is `discard`: both are set by the button that is pressed.
    """

    who = HiddenField()
    draft = HiddenField()
    own_phone = BooleanField("这是我自己的手机，没写完的内容留24小时")

    @property
    def discards(self) -> bool:
        """Whether the button that clears was pressed."""
        return bool(self.draft.data == DISCARD)

    @property
    def by_helper(self) -> bool:
        """Whether somebody types for somebody else."""
        return bool(self.who.data == HELPER)
