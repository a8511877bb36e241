"""Asking for an identity, agreeing, refusing."""

from typing import Any

from wtforms import StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from portal.desk.domain.cases import BadReference, parse_reference
from portal.desk.forms.fields import ProofForm
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

REASON_MOST = 500
NEEDED = "请写明理由"


def _reason(label: str) -> Any:
    checks = [DataRequired(NEEDED), NoNul(), AtMost(REASON_MOST)]
    return TextAreaField(label, checks, filters=[line_ends, _stripped])


def _stripped(value: str | None) -> str | None:
    return value.strip() if value else value


class AskForm(ProofForm):
    """Which case, and why."""

    reference = StringField("登记号", [InputRequired("请填登记号"), NoNul()])
    reason = _reason("为什么要打开")

    def validate_reference(self, field: StringField) -> None:
        """Refuse what is no reference.

        :raises wtforms.ValidationError: when it has another form.
        """
        try:
            parse_reference(field.data or "")
        except BadReference as error:
            raise ValidationError("登记号是8位数字，请对照再填一次") from error

    @property
    def wanted(self) -> str:
        """The reference as its eight digits; the form was validated."""
        return parse_reference(self.reference.data or "")


class AgreeForm(ProofForm):
    """Nothing is typed but the proof of who agrees."""


class RefuseForm(PortalForm):
    """Why not; refusing opens nothing, so that nobody is asked who is there."""

    reason = _reason("为什么不同意")
