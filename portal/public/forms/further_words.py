"""What a citizen sends with the code; `once` makes the same form count once.

The late form of each is shown when the look at the case is over: the code is asked for again,
beside the words.
"""

from typing import ClassVar

from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from portal.public.forms.tracking import CodeForm
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

MOST = 10_000
PRESSED = {
    "yes": "有人要求我撤回",
    "no": "没有，是我自己想撤回",
    "unsaid": "不想说",
}
EDIT = "edit"
SEND = "send"


class WordsForm(PortalForm):
    """Words of some purpose; `empty` is what is said when they are missing."""

    empty: ClassVar[str] = ""

    text = TextAreaField(filters=[line_ends], validators=[NoNul(), AtMost(MOST)])
    once = HiddenField()

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse what is empty, where words are needed.

        :raises wtforms.ValidationError: when nothing was written.
        """
        if self.empty and not (field.data or "").strip():
            raise ValidationError(self.empty)


class ReplyForm(WordsForm):
    """An answer to what the desk asked."""

    empty = "请写上您的回答。不清楚的，写“不清楚”也可以"


class AddForm(WordsForm):
    """Something new about the report."""

    empty = "请写上您要补充的"


class ReviewForm(WordsForm):
    """Why somebody else should look at a closed report again."""

    empty = "请写上为什么要复查：哪里不认可，或者有什么新的情况"


class WithdrawForm(WordsForm):
    """A wish to withdraw, in two steps; whether somebody asked for it is answered by everybody."""

    pressed = RadioField(
        "有没有人要求您撤回？",
        choices=[SelectChoice(code, label) for code, label in PRESSED.items()],
        validators=[InputRequired("请选一项。不方便说的，选“不想说”")],
    )
    step = HiddenField()


class LateReplyForm(ReplyForm, CodeForm):
    """An answer that comes after the look is over."""


class LateAddForm(AddForm, CodeForm):
    """An addition that comes after the look is over."""


class LateReviewForm(ReviewForm, CodeForm):
    """A wish for a review that comes after the look is over."""


class LateWithdrawForm(WithdrawForm, CodeForm):
    """A wish to withdraw that comes after the look is over."""
