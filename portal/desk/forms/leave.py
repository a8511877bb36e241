"""Being away."""

from wtforms import DateField, RadioField
from wtforms.validators import InputRequired

from portal.web.forms import PortalForm


class DayField(DateField):
    """A day; the library has no Chinese words for one that cannot be read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        :raises ValueError: which becomes the message beside the field.
        """
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("日期请这样填：2026-12-31") from error


class LeaveForm(PortalForm):
    """The last day, and who stands in; the route sets the choices."""

    until = DayField("请假到哪天（这天也不在）", [InputRequired("请填最后一天，例如 2026-12-31")])
    cover = RadioField("由谁替办", [InputRequired("请选一位同事")], validate_choice=False)


class LeaveButtonForm(PortalForm):
    """Coming back early."""
