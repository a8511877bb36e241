"""Another body, by its name."""

from wtforms import StringField
from wtforms.validators import DataRequired

from portal.web.forms import NoNul, PortalForm
from portal.web.typed import AtMost

LONGEST = 100


class BodyForm(PortalForm):
    """A body to put on the list."""

    name = StringField(
        "机关名称",
        filters=[lambda typed: (typed or "").strip()],
        validators=[DataRequired("请写机关名称"), NoNul(), AtMost(LONGEST)],
    )
