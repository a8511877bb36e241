"""Letting people in to shared keys."""

from wtforms import RadioField
from wtforms.validators import InputRequired

from portal.desk.forms import fields
from portal.desk.forms.fields import ProofForm


class GrantForm(ProofForm):
    """The colleague who is to hold a key too; the route sets the choices."""

    person = RadioField("授予谁", [InputRequired("请选一位同事")])


class ImportForm(ProofForm):
    """The passphrase that was printed when the key was made."""

    printed = fields.passphrase("密钥纸上的口令", "请填密钥纸上的口令")
