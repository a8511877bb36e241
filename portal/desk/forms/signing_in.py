"""Signing in and out."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from portal.desk.forms import fields
from portal.web.forms import NoNul, PortalForm


class SignInForm(PortalForm):
    """Name, passphrase, code; `kept` and `next` bring people back to where they were."""

    name = StringField(
        "登录名",
        [InputRequired("请填登录名"), NoNul(), Length(max=100, message="登录名没有这么长")],
    )
    password = fields.passphrase("口令", "请填口令")
    code = fields.code()
    kept = HiddenField()
    next = HiddenField()


class PasskeySignInForm(SignInForm):
    """The same for whoever goes on with a passkey instead of a code."""

    code = fields.code(required=False)


class SignOutForm(PortalForm):
    """Nothing but the token that shows that the button is ours."""
