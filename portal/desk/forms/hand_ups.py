"""移送上级: agreed to knowingly, because it cannot be taken back."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Regexp

from portal.desk.forms.fields import ProofForm
from portal.desk.forms.revisions import Revised


class HandUpForm(Revised, ProofForm):
    """`revision` is the case's when the page was opened; `once` makes the same form count once."""

    sure = BooleanField(
        "我看清楚了：移送以后，这里什么也不留，收不回来",
        validators=[InputRequired("请先看清楚上面写的，再勾选这一项")],
    )
    revision = HiddenField()
    once = HiddenField(
        validators=[Regexp(r"[0-9a-f]{32}\Z", message="这一页放得太久了，请重新打开再办")]
    )
