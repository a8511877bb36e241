"""Naming a deputy for some days."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.desk.forms.fields import ProofForm
from portal.desk.forms.leave import DayField
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost

LONGEST_REASON = 200


class DeputyForm(ProofForm):
    """Who, from when, until when and why; the route sets the choices."""

    deputy = RadioField("请谁代审核", [InputRequired("请选一位同事")], validate_choice=False)
    since = DayField("从哪天", [InputRequired("请填第一天，例如 2026-11-23")])
    until = DayField("到哪天（这天也算）", [InputRequired("请填最后一天，例如 2026-11-27")])
    reason = StringField(
        "为什么", validators=[DataRequired("请写为什么"), NoNul(), AtMost(LONGEST_REASON)]
    )


class DeputyButtonForm(PortalForm):
    """Ending it early."""
