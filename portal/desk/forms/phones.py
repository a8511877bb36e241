"""Setting up a new phone."""

from portal.desk.forms import fields
from portal.desk.forms.fields import ProofForm


class PhoneForm(ProofForm):
    """A code of the new phone; passphrase and an old code when the last proof is too old."""

    fresh = fields.code("新手机上的动态码")
