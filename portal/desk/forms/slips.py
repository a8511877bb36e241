"""Issuing a claim slip: nothing is typed, but two clicks must not print two."""

from wtforms import HiddenField

from portal.web.forms import PortalForm


class SlipForm(PortalForm):
    """`seen` says how many slips there were when the page was opened."""

    seen = HiddenField()

    @property
    def seen_slips(self) -> int:
        """How many slips the page knew; -1 when somebody tampered with it."""
        typed = self.seen.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else -1
