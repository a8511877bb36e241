"""How closely a notice points to somebody, names aside."""

from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.rendering import PublicText
from portal.text import reidentify
from portal.text.readings import read
from portal.text.reidentify import Described, Pointer


def warnings(draft: Draft, public: PublicText) -> list[Pointer]:
    """Return what in a notice points to fewer than five people; a notice 点名 means to."""
    if draft.is_named:
        return []
    cases = [
        Described(str(n), case.unit, case.post, case.sanctioned_on or case.until or case.since)
        for n, case in enumerate(draft.cases, 1)
    ]
    body = read("body", public.body).text
    return reidentify.warnings(cases, [("title", public.title), ("body", body)])
