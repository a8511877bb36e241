"""An internal note."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from portal.desk.forms.revisions import Revised
from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost, line_ends

LONGEST = 5_000


class NoteForm(Revised, PortalForm):
    """What is written down; `revision` is how many notes the page showed."""

    text = TextAreaField(
        "记录",
        filters=[line_ends],
        validators=[DataRequired("请写要记的内容"), NoNul(), AtMost(LONGEST)],
    )
    revision = HiddenField()
