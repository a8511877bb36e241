"""Forms around a case: buttons, where nothing is typed, and finding one by its reference."""

from wtforms import StringField

from portal.web.forms import NoNul, PortalForm


class CaseButtonForm(PortalForm):
    """Claiming, giving back, opening answers: the address says which."""


class FindForm(PortalForm):
    """Finding changes nothing, so that it asks for no token and its address can be kept."""

    class Meta(PortalForm.Meta):
        """Without a token."""

        csrf = False

    reference = StringField("按登记号找", validators=[NoNul()])
