"""How closely a notice points to somebody, names aside."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.rendering import PublicText
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.notices import Notice
from portal.text import reidentify
from portal.text.readings import read
from portal.text.reidentify import Described, Pointer
from portal.text.unit_list import UnitList

# What a case says of somebody: unit and post, as they were typed.
Description = tuple[str, str]


def warnings(
    draft: Draft, public: PublicText, before: Mapping[Description, str], units: UnitList
) -> list[Pointer]:
    """Return what in a notice points to fewer than five people; a notice 点名 means to.

    :param before: the number of the notice that told of the same unit and post earlier
    :param units: the staff's list, which knows how many people have a post
    """
    if draft.is_named:
        return []
    cases = [
        Described(str(n), case.unit, case.post, case.sanctioned_on or case.until or case.since)
        for n, case in enumerate(draft.cases, 1)
    ]
    body = read("body", public.body).text
    found = reidentify.warnings(cases, [("title", public.title), ("body", body)], units)
    return [*found, *_again(cases, before, units)]


def told_before(session: Session, drafts: Drafts, notice: Notice) -> dict[Description, str]:
    """Return which units and posts other notices told of, each with the number of the notice."""
    query = select(Notice).where(Notice.release > 0, Notice.id != notice.id).order_by(Notice.number)
    told: dict[Description, str] = {}
    for other in session.scalars(query):
        try:
            cases = drafts.newest(session, other).draft.cases
        except (KeyNotHeld, CannotOpen):
            continue
        told |= {(case.unit, case.post): other.number or "" for case in cases if case.unit}
    return told


def _again(
    cases: Iterable[Described], before: Mapping[Description, str], units: UnitList
) -> Iterable[Pointer]:
    told = {(units.canonical(unit), post): number for (unit, post), number in before.items()}
    for case in cases:
        number = told.get((units.canonical(case.unit), case.post))
        if number:
            said = f"{case.unit}{case.post}"
            coarser = f"{number}写过一样的，两份合起来看；单位或者职务再写粗一点"
            yield Pointer(
                case.where, "earlier", said, reidentify.fits(case.unit, case.post, units), coarser
            )
