"""The own list of units and names to keep away from."""

from wtforms import StringField
from wtforms.validators import DataRequired, Length

from portal.web.forms import NoNul, PortalForm

SHORTEST, LONGEST = 2, 50


class RecusalForm(PortalForm):
    """One unit or one name."""

    words = StringField(
        "单位或者姓名",
        [
            DataRequired("请填单位或者姓名"),
            NoNul(),
            Length(SHORTEST, LONGEST, "请填2到50个字：一个单位，或者一个人的姓名"),
        ],
    )


class RecusalButtonForm(PortalForm):
    """Taking an entry off the list."""
