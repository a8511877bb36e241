"""What somebody looks for among the notices."""

from collections.abc import Callable, Iterable

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import AnyOf, Length, Optional, Regexp

from portal.exchange.notices import ANONYMISED, NAMED
from portal.public.domain.notices.listing import Offered, Wanted
from portal.reference.vocabulary import Labelled, vocabulary
from portal.web.forms import NoNul, PortalForm

ALL = SelectChoice("", "全部")
NOT_OFFERED = "没有这一项，请从列表里选"


def _choice(label: str, *checks: Regexp | AnyOf) -> SelectField:
    return SelectField(label, default="", validators=[Optional(), *checks], validate_choice=False)


def _choices(entries: Iterable[Labelled]) -> list[SelectChoice]:
    return [ALL, *(SelectChoice(one.code, one.label) for one in entries)]


class FilterForm(PortalForm):
    """Looking changes nothing, so that it asks for no token and its address can be kept.

    What is offered is looked up only where a page is made: no query is needed to know one again.
    """

    class Meta(PortalForm.Meta):
        """Without a token."""

        csrf = False

    q = StringField(
        "找什么", validators=[NoNul(), Length(max=50, message="最多写50个字，请写短一些")]
    )
    year = _choice("年份", Regexp(r"[0-9]{4}\Z", message=NOT_OFFERED))
    kind = _choice("种类", Regexp(r"N[0-9]{2}\Z", message=NOT_OFFERED))
    area = _choice("领域", Regexp(r"A[0-9]{2}\Z", message=NOT_OFFERED))
    region = _choice("地区", Regexp(r"[0-9]{1,12}\Z", message=NOT_OFFERED))
    mode = _choice("写不写姓名", AnyOf((ANONYMISED, NAMED), message=NOT_OFFERED))

    def offer(self, offered: Offered, region_name: Callable[[str], str]) -> None:
        """Offer the codes of the vocabulary, and the years and regions that there are."""
        self.year.choices = [
            ALL,
            *(SelectChoice(str(year), f"{year}年") for year in offered.years),
        ]
        self.kind.choices = _choices(vocabulary().notice_kinds)
        self.area.choices = _choices(vocabulary().areas)
        regions = [SelectChoice(code, region_name(code)) for code in offered.regions]
        self.region.choices = [ALL, *regions]
        self.mode.choices = [ALL, SelectChoice(ANONYMISED, "匿名"), SelectChoice(NAMED, "点名")]

    @property
    def expired(self) -> bool:
        """Never: there is no token."""
        return False

    def wanted(self, *, after: str, before: str) -> Wanted:
        """Return what is wanted; what cannot be meant counts as not chosen."""

        def said(field: StringField | SelectField) -> str:
            return "" if field.errors else (field.data or "").strip()

        return Wanted(
            words=said(self.q),
            year=int(said(self.year) or 0),
            kind=said(self.kind),
            area=said(self.area),
            region=said(self.region),
            mode=said(self.mode),
            after=after,
            before=before,
        )
