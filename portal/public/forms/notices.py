"""What somebody looks for among the notices."""

from collections.abc import Iterable

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional, Regexp

from portal.exchange.notices import ANONYMISED, NAMED
from portal.public.domain.notices.listing import Offered, Wanted
from portal.reference.vocabulary import Labelled, vocabulary
from portal.web.forms import NoNul, PortalForm

ALL = SelectChoice("", "全部")
MODES = [SelectChoice(ANONYMISED, "匿名"), SelectChoice(NAMED, "点名")]
NOT_OFFERED = "没有这一项，请从列表里选"


class FilterForm(PortalForm):
    """Looking changes nothing, so that it asks for no token and its address can be kept.

    Years and regions are offered only where a page is made: a page that is known is not asked for.
    """

    class Meta(PortalForm.Meta):
        """Without a token."""

        csrf = False

    q = StringField(
        "找什么", validators=[NoNul(), Length(max=50, message="最多写50个字，请写短一些")]
    )
    year = SelectField(
        "年份",
        validators=[Optional(), Regexp(r"[0-9]{4}\Z", message=NOT_OFFERED)],
        default="",
        validate_choice=False,
    )
    kind = SelectField("种类", default="")
    area = SelectField("领域", default="")
    region = SelectField(
        "地区",
        validators=[Optional(), Regexp(r"[0-9]{1,12}\Z", message=NOT_OFFERED)],
        default="",
        validate_choice=False,
    )
    mode = SelectField("写不写姓名", choices=[ALL, *MODES], default="")

    def offer_codes(self) -> None:
        """Offer the codes of the vocabulary; anything else is refused."""
        self.kind.choices = _choices(vocabulary().notice_kinds)
        self.area.choices = _choices(vocabulary().areas)

    def offer(self, offered: Offered) -> None:
        """Offer the years and the regions that there are."""
        self.year.choices = [
            ALL,
            *(SelectChoice(str(year), f"{year}年") for year in offered.years),
        ]
        self.region.choices = [ALL, *(SelectChoice(code, code) for code in offered.regions)]

    @property
    def expired(self) -> bool:
        """Never: there is no token."""
        return False

    def wanted(self, page: int) -> Wanted:
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
            page=page,
        )


def _choices(entries: Iterable[Labelled]) -> list[SelectChoice]:
    return [ALL, *(SelectChoice(one.code, one.label) for one in entries)]
