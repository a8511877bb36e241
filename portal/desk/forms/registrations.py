"""A clerk's registration sheet of one report."""

from wtforms import HiddenField

from portal.desk.domain.registrations import Sheet
from portal.desk.forms.letters import choice, line
from portal.desk.forms.revisions import Revised
from portal.reference.vocabulary import vocabulary
from portal.web.forms import PortalForm

FIELDS = ("unit", "name", "post", "category", "matter")


class SheetForm(Revised, PortalForm):
    """Whom and what the report is about; `revision` is how often the sheet had been written."""

    unit = line("单位", 200)
    name = line("姓名", 50)
    post = line("职务", 100)
    category = choice(
        "问题类别",
        [(one.code, one.label) for one in vocabulary().citizen_groups],
        "请从名单里选",
        "",
    )
    matter = line("事由", 100)
    revision = HiddenField()

    @property
    def sheet(self) -> Sheet:
        """What was typed, without spaces around it."""
        return Sheet(**{name: (self[name].data or "").strip() for name in FIELDS})


def typed(sheet: Sheet) -> dict[str, str]:
    """Return a sheet as the form starts from it; a category that is on no list is left open."""
    known = {one.code for one in vocabulary().citizen_groups}
    given = {name: getattr(sheet, name) for name in FIELDS}
    return {**given, "category": sheet.category if sheet.category in known else ""}
