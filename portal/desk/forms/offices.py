"""Opening and naming offices, and who belongs to them."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from portal.desk.forms.fields import ProofForm
from portal.desk.forms.revisions import Revised
from portal.web.forms import NoNul, PortalForm


def _name() -> Any:
    return StringField(
        "部门名称",
        [InputRequired("请填部门名称"), NoNul(), Length(max=50, message="部门名称最多50个字")],
    )


class OfficeForm(ProofForm):
    """A new office and its first members; the route sets the choices."""

    name = _name()
    first = SelectMultipleField(
        "第一批人员",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


class OfficeNameForm(ProofForm):
    """Another name for an office."""

    name = _name()


class MemberForm(ProofForm):
    """Who is to belong to an office; the route sets the choices."""

    person = RadioField("加哪一位", [InputRequired("请选一位人员")], validate_choice=False)


class AssignForm(Revised, PortalForm):
    """The office that is to have a case, and the state of the case it was chosen for."""

    office = RadioField("交给哪个部门", [InputRequired("请选一个部门")], validate_choice=False)
    revision = HiddenField()
