"""Passing a case on."""

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from portal.desk.forms.revisions import Revised
from portal.web.forms import PortalForm


class HandOverForm(Revised, PortalForm):
    """The colleague who goes on with a case; the route sets the choices."""

    person = RadioField("转交给谁", [InputRequired("请选一位同事")], validate_choice=False)
    revision = HiddenField()
