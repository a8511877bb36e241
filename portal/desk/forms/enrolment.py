"""Coming to the desk for the first time."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from portal.desk.forms import fields
from portal.web.forms import NoNul, PortalForm


class EnrolForm(PortalForm):
    """What was copied down, typed back."""

    passphrase = StringField(
        "看着您抄的，把口令填一遍",
        [
            InputRequired("请把抄下的口令填一遍"),
            NoNul(),
            Length(max=fields.LONGEST_PASSPHRASE, message="口令没有这么长"),
        ],
    )
    code = fields.code()
