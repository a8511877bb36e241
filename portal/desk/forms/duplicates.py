"""Saying that two cases report the same, and taking it back."""

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import StopValidation

from portal.desk.domain.cases import BadReference, parse_reference
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST_NOTE = 1_000


class LinkForm(PortalForm):
    """One of the candidates, or a reference typed by hand; the route sets the choices."""

    other = RadioField("和哪一件重复", validate_choice=False)
    typed = StringField("名单里没有的，填登记号", validators=[NoNul()])
    note = TextAreaField(
        "说明（可以不填）", filters=[line_ends], validators=[NoNul(), AtMost(LONGEST_NOTE)]
    )
    reference = ""

    def validate_typed(self, field: StringField) -> None:
        """Read the reference, chosen or typed: exactly one."""
        typed, chosen = (field.data or "").strip(), self.other.data or ""
        if typed and chosen:
            raise StopValidation("选了一件，又填了登记号：请只留一样")
        if not typed and not chosen:
            raise StopValidation("请选一件，或者填登记号")
        try:
            self.reference = parse_reference(typed or chosen)
        except BadReference as error:
            raise StopValidation("登记号是8位数字，请对照再填一次") from error


class UnlinkForm(PortalForm):
    """The case that is not a duplicate after all."""

    other = HiddenField()
