"""Recording that a reporter was called: the day and the kind of thing, no words."""

from wtforms import DateField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from portal.desk.domain.calls import KINDS
from portal.web.forms import PortalForm


class CallForm(PortalForm):
    """The day of a call and what it was about."""

    on = DateField("哪天打的", [InputRequired("请填日期，例如 2026-11-20")])
    kind = RadioField(
        "打电话做什么",
        [InputRequired("请选一个")],
        choices=[SelectChoice(code, label) for code, label in KINDS.items()],
    )
