"""The wizard's steps: one form each, the fields named as in docs/interface.md."""

from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectChoice, StringField, TextAreaField, ValidationError

from portal.reference.texts import text
from portal.reference.vocabulary import vocabulary
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, OneOf, line_ends

STORY_LEAST = 10
STORY_MOST = 10_000
UNIT_MOST = 200
NAME_MOST = 50
POST_MOST = 100
REGION_MOST = 100
PLACE_MOST = 200
HAPPENED_MOST = 200

GROUPS = vocabulary().citizen_groups
NOT_OURS = vocabulary().not_ours
LEVELS = vocabulary().levels
# A link of a campaign may name the exact category instead of a citizen's group.
EXACT = tuple(child.code for one in vocabulary().categories for child in one.children)
UNKNOWN_CHOICE = "请从下面选一个"


class StepForm(PortalForm):
    """A step whose fields are answers of the draft, by the same names."""

    def answers(self) -> dict[str, Any]:
        """Return what was typed, by field; not answered is empty."""
        return {
            field.name: field.data or "" for field in self if field.name != self.csrf_token.name
        }


class MatterForm(StepForm):
    """Which kind of problem it is."""

    category = RadioField(
        text("matter.title"),
        choices=[
            *(SelectChoice(one.code, one.label) for one in GROUPS),
            *(SelectChoice(one.code, one.label) for one in NOT_OURS),
        ],
        validate_choice=False,
        validators=[OneOf((*(one.code for one in GROUPS), *EXACT), text("error.matter.empty"))],
    )

    examples: ClassVar = {one.code: one.example for one in GROUPS if one.example}
    first_screen: ClassVar = [one.code for one in GROUPS if one.first_screen]
    more: ClassVar = [one.code for one in GROUPS if not one.first_screen]
    not_ours: ClassVar = [one.code for one in NOT_OURS]

    @property
    def other_body(self) -> str | None:
        """The last part of the address that tells where else to go, when that was chosen."""
        return next((one.kind for one in NOT_OURS if one.code == self.category.data), None)


class SubjectForm(StepForm):
    """Who is reported; nothing of it is required."""

    unit = StringField("单位或者地方", validators=[NoNul(), AtMost(UNIT_MOST)])
    name = StringField("姓名", validators=[NoNul(), AtMost(NAME_MOST)])
    post = StringField("职务", validators=[NoNul(), AtMost(POST_MOST)])
    region = StringField("在哪个县、乡镇、村", validators=[NoNul(), AtMost(REGION_MOST)])
    level = RadioField(
        "他是哪一类人",
        choices=[SelectChoice(one.code, one.plain) for one in LEVELS],
        validate_choice=False,
        validators=[OneOf(("", *(one.code for one in LEVELS)), UNKNOWN_CHOICE)],
    )


class LongEnough:
    """Refuses a story that is missing, too short to look into, or too long."""

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check the story.

        :raises wtforms.ValidationError: with what to do about it.
        """
        story = field.data or ""
        if not story.strip():
            raise ValidationError(text("error.story.empty"))
        if len(story) < STORY_LEAST:
            raise ValidationError(text("error.story.short"))
        if len(story) > STORY_MOST:
            raise ValidationError(
                f"最多写{STORY_MOST}个字，您写了{len(story)}个字。写不下的，提交后用查询码补充"
            )


class StoryForm(StepForm):
    """What happened; only the story is required."""

    story = TextAreaField(
        text("story.title"), filters=[line_ends], validators=[NoNul(), LongEnough()]
    )
    place = StringField("在哪里发生的", validators=[NoNul(), AtMost(PLACE_MOST)])
    happened = StringField("什么时候发生的", validators=[NoNul(), AtMost(HAPPENED_MOST)])
