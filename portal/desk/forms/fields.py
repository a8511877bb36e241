"""Fields that several of the desk's forms share."""

from typing import Any

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from portal.web.forms import NoNul, PortalForm

LONGEST_PASSPHRASE = 200
LONGEST_CODE = 20


def passphrase(label: str, empty: str, *, required: bool = True) -> Any:
    """Return a field for a passphrase; what was typed is never sent back."""
    checks: list[Any] = [NoNul(), Length(max=LONGEST_PASSPHRASE, message="口令没有这么长")]
    return PasswordField(label, [InputRequired(empty), *checks] if required else checks)


def code(label: str = "动态码", *, required: bool = True) -> Any:
    """Return a field for the six digits of the authenticator app."""
    checks: list[Any] = [
        NoNul(),
        Length(max=LONGEST_CODE, message="动态码是6位数字，备用码是12位数字"),
    ]
    empty = InputRequired("请填动态码（手机上的6位数字）")
    return StringField(label, [empty, *checks] if required else checks)


class ProofForm(PortalForm):
    """A form for an act that asks again who is there, when the last proof is older than 5 minutes.

    Whether both fields are wanted is known to the route alone.
    """

    password = passphrase("口令", "请填口令", required=False)
    code = code(required=False)
