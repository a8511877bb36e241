"""Rating how a report was handled: every question may be skipped, but not all of them."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField

from portal.public.forms.tracking import CodeForm
from portal.reference.vocabulary import vocabulary
from portal.sealing.ratings import MOST_COMMENT, QUESTIONS, SKIPPED, Rating
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, OneOf, line_ends

ASKED = vocabulary().satisfaction
LABELS = dict(ASKED.questions)
LEVELS = [SelectChoice(str(value), label) for value, label in ASKED.scale]
SOLVED = [SelectChoice(code, label) for code, label in ASKED.solved]
FOREIGN = "请从下面选一项，或者不选"


def _choice(label: str, choices: list[SelectChoice]) -> Any:
    codes = {"", *(choice.value for choice in choices)}
    # An unchosen question is no error, and a foreign choice gets a sentence of ours.
    return RadioField(
        label, choices=choices, validate_choice=False, validators=[OneOf(codes, FOREIGN)]
    )


class RatingForm(PortalForm):
    """Four questions with five levels, whether it was solved, a comment; nothing is preselected."""

    timely = _choice(LABELS["timely"], LEVELS)
    attitude = _choice(LABELS["attitude"], LEVELS)
    speed = _choice(LABELS["speed"], LEVELS)
    site = _choice(LABELS["site"], LEVELS)
    solved = _choice("您反映的问题解决了吗", SOLVED)
    comment = TextAreaField(
        "还有想说的（可以不填）", filters=[line_ends], validators=[NoNul(), AtMost(MOST_COMMENT)]
    )
    once = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate; a form in which nothing was chosen or written says so above itself."""
        valid = super().validate(extra_validators)
        if valid and self.rating == Rating():
            self.form_errors.append("还没有评价：请至少选一项，或者写几个字")
            return False
        return valid

    @property
    def rating(self) -> Rating:
        """What was chosen."""
        levels = {name: int(self[name].data or SKIPPED) for name in QUESTIONS}
        comment = (self.comment.data or "").strip()
        return Rating(**levels, solved=self.solved.data or "", comment=comment)


class LateRatingForm(RatingForm, CodeForm):
    """A rating whose look at the case is over: the code is asked for again, below it."""
