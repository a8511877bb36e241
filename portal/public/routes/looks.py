"""The look at a case behind a page: begun by a code, kept for a while, used to send words."""

from datetime import datetime

from portal.public.domain import answers, superior_words, tracking
from portal.public.domain.derivation import derive_all
from portal.public.domain.progress import SEALED_FOR_SUPERIOR
from portal.public.domain.purposes import NotPossible
from portal.public.domain.tracking import CasePage, Look
from portal.public.forms.further_words import WordsForm
from portal.public.forms.tracking import CodeForm
from portal.public.house import public_house
from portal.public.models.cases import Case
from portal.public.routes import visitor
from portal.reference.days import utcnow
from portal.sealing.replies import CodeKeys
from portal.web.transactions import db


def derived(form: CodeForm) -> Look:
    """Return the look that a typed code gives."""
    house = public_house()
    keys = derive_all(house.tracking_slots, form.parsed.code, house.peppers)
    return Look.through(form.parsed, keys)


def begin(look: Look, now: datetime) -> None:
    """Keep a look for this visitor."""
    visitor.remember_look(tracking.begin(db(), look, now), now)


def present(now: datetime) -> Look | None:
    """Return this visitor's look; None when it is over."""
    with public_house().database.reading() as reader:
        return visitor.current_look(reader, now)


def present_case() -> CasePage | None:
    """Return the case that this visitor looks at."""
    house = public_house()
    with house.database.reading() as reader:
        look = visitor.current_look(reader, utcnow())
        return tracking.case_page(reader, house.items, look) if look else None


def case_of(look: Look) -> tuple[Case, CodeKeys] | None:
    """Return the case of a look, and those of its keys that open its replies."""
    with public_house().database.reading() as reader:
        return tracking.find_case(reader, look.keys)


def send(
    look: Look, form: WordsForm, purpose: str, now: datetime, *, pressed: str | None = None
) -> None:
    """Seal and sign what a form holds, and queue it: for the desk, or on the superior's way.

    :raises NotPossible: when the case is gone, or takes no words of this purpose now.
    """
    house, found = public_house(), case_of(look)
    if found is None:
        raise NotPossible
    case, keys = found
    text, once = form.text.data, form.once.data or answers.draw_once()
    if case.state == SEALED_FOR_SUPERIOR:
        addition = superior_words.seal(text, case, keys, house.admit(now), now)
        superior_words.send(db(), house.superior, addition, once, now)
        return
    manifest = house.admit(now)
    sealed = answers.seal(text, case.id, keys, manifest, now, purpose=purpose, pressed=pressed)
    answers.send(db(), house.outbox, sealed, once, now)
