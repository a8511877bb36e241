"""The record of a consent, and of its being taken back."""

from datetime import date

from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, StopValidation

from portal.desk.domain.notices.consents import FORMS, Consent
from portal.desk.domain.notices.drafts import Party
from portal.desk.forms.leave import DayField
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST = 50
LONGEST_WORDS = 500
YES, NO = "yes", "no"


class ConsentForm(PortalForm):
    """What somebody agreed to; the route sets `people`, whom the notice clears, and `today`."""

    party = RadioField("谁同意的", [InputRequired("请选是谁同意的")], validate_choice=False)
    on = DayField("哪天同意的", [InputRequired("请填哪天，例如 2026-11-20")])
    form = SelectField("怎么同意的", choices=[SelectChoice(*one) for one in FORMS.items()])
    paper = StringField(
        "材料编号", validators=[DataRequired("请写材料的编号"), NoNul(), AtMost(LONGEST)]
    )
    taken_by = StringField(
        "谁去征求的", validators=[DataRequired("请写谁去征求的"), NoNul(), AtMost(LONGEST)]
    )
    may_name = RadioField(
        "能不能写姓名",
        [InputRequired("请选能不能写姓名")],
        choices=[SelectChoice(YES, "同意写姓名"), SelectChoice(NO, "不写姓名")],
    )
    until = DayField("同意显示到哪天", [InputRequired("请填最后一天，例如 2027-11-20")])
    people: tuple[Party, ...] = ()
    today: date

    def offer(self, people: tuple[Party, ...], today: date) -> None:
        """Set whom the notice clears and which day it is."""
        self.people, self.today = people, today
        self.party.choices = [
            SelectChoice(one.token, f"〔{one.token}〕{one.name}") for one in people
        ]

    def validate_party(self, field: RadioField) -> None:
        """Refuse whom the notice does not clear."""
        if field.data not in {one.token for one in self.people}:
            raise StopValidation("人员表改过了，请再选一次")

    def validate_on(self, field: DayField) -> None:
        """Refuse a day that lies ahead."""
        if field.data and field.data > self.today:
            raise StopValidation("这一天还没有到")

    def validate_until(self, field: DayField) -> None:
        """Refuse a day that has passed."""
        if field.data and field.data < self.today:
            raise StopValidation("这一天已经过去，同意已经到期")

    def consent(self) -> Consent:
        """Return what was typed; only after validation."""
        (party,) = (one for one in self.people if one.token == self.party.data)
        return Consent(
            token=party.token,
            name=party.name,
            on=self.on.data,
            form=self.form.data,
            paper=self.paper.data.strip(),
            taken_by=self.taken_by.data.strip(),
            may_name=self.may_name.data == YES,
            until=self.until.data,
        )


class ConsentBackForm(PortalForm):
    """How somebody took the consent back."""

    words = TextAreaField(
        "怎么撤回的",
        filters=[line_ends],
        validators=[DataRequired("请写哪天、怎么撤回的"), NoNul(), AtMost(LONGEST_WORDS)],
    )
