"""Exchanging a claim slip: the last group of the new code, typed from the paper."""

from portal.public.forms.filing import LastGroupForm


class ClaimForm(LastGroupForm):
    """The last group of the code that was copied."""
