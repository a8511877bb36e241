"""Passkeys: adding one, removing one, answering with one."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from portal.desk.forms import fields
from portal.desk.forms.fields import ProofForm
from portal.web.forms import NoNul, PortalForm

LONGEST_ANSWER = 20_000


class NewPasskeyForm(ProofForm):
    """How the new passkey is called in one's own list."""

    name = StringField(
        "名称",
        [
            InputRequired("请给它起个名称，以后好认"),
            NoNul(),
            Length(max=30, message="名称最多30个字"),
        ],
    )


class AnswerForm(PortalForm):
    """What the browser answered; its script fills this in."""

    answer = HiddenField(validators=[NoNul(), Length(max=LONGEST_ANSWER)])


class PasskeyProofForm(PortalForm):
    """The passphrase, before a passkey is asked; `next` leads back."""

    password = fields.passphrase("口令", "请填口令")
    next = HiddenField()
