"""Narrowing the audit log down; sent by GET, so without a token."""

from itertools import starmap
from typing import ClassVar

from wtforms import DateField, Form, SelectChoice, SelectField
from wtforms.validators import Optional

from portal.desk.forms.words import ACT_NAMES

ANY = SelectChoice("", "全部")


class AuditFilter(Form):
    """Person, act and days; whatever is empty or foreign narrows nothing."""

    class Meta:
        """WTForms in Chinese."""

        locales: ClassVar[list[str]] = ["zh"]

    person = SelectField("人员", default="")
    act = SelectField("操作", default="", choices=[ANY, *starmap(SelectChoice, ACT_NAMES.items())])
    since = DateField("从哪天", [Optional()])
    until = DateField("到哪天", [Optional()])

    def set_people(self, names: dict[str, str]) -> None:
        """Offer these people, by id."""
        self.person.choices = [ANY, *starmap(SelectChoice, names.items())]
