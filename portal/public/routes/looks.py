"""A look at a case in one browser: begun by a code, present until it is over."""

from datetime import datetime

from portal.public.domain import tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.tracking import CasePage, Look
from portal.public.forms.tracking import CodeForm
from portal.public.house import public_house
from portal.public.models.cases import Case
from portal.public.routes import visitor
from portal.reference.days import utcnow
from portal.sealing.replies import CodeKeys
from portal.web.transactions import db


def derived(form: CodeForm) -> Look:
    """Derive what the typed code opens; slow on purpose, and outside any transaction."""
    house = public_house()
    keys = derive_all(house.tracking_slots, form.parsed.code, house.peppers)
    return Look.through(form.parsed, keys)


def begin(looked: Look, now: datetime) -> None:
    """Keep a look, and let the cookie carry its token."""
    visitor.remember_look(tracking.begin(db(), looked, now), now)


def present(now: datetime) -> Look | None:
    """Return the look that is not over yet."""
    with public_house().database.reading() as reader:
        return visitor.current_look(reader, now)


def present_case() -> CasePage | None:
    """Return what the present look shows; None without one, and for a code of no case."""
    house = public_house()
    with house.database.reading() as reader:
        looked = visitor.current_look(reader, utcnow())
        return tracking.case_page(reader, house.items, looked) if looked else None


def case_of(looked: Look) -> tuple[Case, CodeKeys] | None:
    """Return the case of a look, and those of its keys that open its replies."""
    with public_house().database.reading() as reader:
        return tracking.find_case(reader, looked.keys)
