"""Exchanging a claim slip: the last group of the new code, typed from the paper."""

from typing import ClassVar

from portal.public.forms.filing import LastGroupForm


class ClaimForm(LastGroupForm):
    """The last group of the code that was copied."""

    mismatch: ClassVar[str] = (
        "最后一组数字对不上。请看上面的查询码，最后一组在第6格，再填一次。还没有换"
    )
