"""One's own account."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal.desk.forms import fields
from portal.web.forms import NoNul, PortalForm


class PassphraseForm(PortalForm):
    """The passphrase of now, a code, and the new passphrase typed back."""

    password = fields.passphrase("现在的口令", "请填现在的口令")
    code = fields.code()
    passphrase = StringField(
        "看着您抄的，把新口令填一遍",
        [
            InputRequired("请把抄下的新口令填一遍"),
            NoNul(),
            Length(max=fields.LONGEST_PASSPHRASE, message="口令没有这么长"),
        ],
    )
