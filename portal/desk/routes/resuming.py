"""Coming back to words of a notice that were not saved: they are offered, and never slipped in."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from portal.desk.domain import people
from portal.desk.domain.notices import drafting, unsaved
from portal.desk.domain.notices.drafting import Drafts
from portal.desk.domain.notices.unsaved import OtherTab, Page, Unsaved, Words
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.forms.unsaved import DropForm, KeepForm, differences, typed_words
from portal.desk.models.notices import Notice
from portal.desk.models.unsaved import UnsavedWords
from portal.desk.routes.access import current_session, restored_form
from portal.reference.days import COUNTY_ZONE, local_day, utcnow
from portal.web.forms import PortalForm
from portal.web.headers import let_script_send
from portal.web.transactions import db

ASKED = "unsaved"


@dataclass(frozen=True)
class Resuming:
    """One page of a notice, as the person behind this request comes back to it."""

    notice: Notice
    page: Page
    mine: Unsaved

    def given(self) -> MultiDict[str, str] | None:
        """Return what the page's form is filled with instead of the newest version.

        That is what was typed before the session ended, or what this person asked to go on with.
        """
        restored = restored_form()
        if restored is not None:
            return restored
        row = self.mine.find(db())
        if row is None or ASKED not in request.args:
            return None
        own = {"tab": token_hex(16), "tab_seen": row.tab, "revision": str(row.version)}
        words = [(name, value) for name, value in self._opened(row) or () if name not in own]
        return MultiDict([*words, *own.items()]) if words else None

    def tab(self) -> dict[str, str]:
        """Return the name of a page that shows the newest version."""
        row = self.mine.find(db())
        return {"tab": token_hex(16), "tab_seen": row.tab if row else ""}

    def question(self, form: PortalForm) -> str:
        """Render the page that asks about words that are not in a form; empty without any."""
        row = self.mine.find(db())
        if row is None:
            return ""
        words = self._opened(row)
        left = differences(form, words) if words is not None else None
        return "" if left == [] else self._ask(row, left)

    def around(self) -> dict[str, Any]:
        """Return what the page says of unsaved words, one's own and those of others."""
        let_script_send()
        row = self.mine.find(db()) if ASKED in request.args else None
        return {
            "page": self.page,
            "resumed": row and moment(row.at),
            "overtaken": overtaken(self.notice, row.version) if row else "",
            "writing": writing(self.notice),
        }

    def keep(self, form: KeepForm) -> None:
        """Keep what was sent; errors as `Unsaved.keep`."""
        tab, now = form.open_tab, utcnow()
        if tab is None:
            raise OtherTab(now)
        words, version = typed_words(request.form), form.seen_revision
        self.mine.keep(db(), self.notice, words, tab=tab, version=version, now=now)

    def drop(self, form: DropForm | KeepForm) -> None:
        """Forget the words of the page that a form came from."""
        tab = form.open_tab
        if tab is not None:
            self.mine.drop(db(), tab)

    def _opened(self, row: UnsavedWords) -> Words | None:
        try:
            return self.mine.open(row)
        except (CannotOpen, KeyNotHeld):
            return None

    def _ask(self, row: UnsavedWords, left: list[tuple[str, str]] | None) -> str:
        return render_template(
            "desk/notices/unsaved.html",
            notice=self.notice,
            page=self.page,
            at=moment(row.at),
            left=left,
            overtaken=overtaken(self.notice, row.version),
            writing=writing(self.notice),
            drop_form=DropForm(formdata=None, tab=row.tab),
        )


def resuming(drafts: Drafts, notice: Notice, page: Page) -> Resuming:
    """Return the page as the person behind this request comes back to it."""
    person_id = current_session().person_id
    return Resuming(notice, page, Unsaved(drafts, notice.id, page, person_id))


def writing(notice: Notice) -> list[str]:
    """Say who else is writing on a notice."""
    rows = unsaved.others(db(), notice.id, current_session().person_id, utcnow())
    names = people.names(db())
    newest = {row.person_id: row.at for row in reversed(rows)}
    return [
        f"{names[person_id]}正在改这份通报，{moment(at)}还在写，还没有保存。"
        for person_id, at in newest.items()
    ]


def other_tab(error: OtherTab) -> str:
    """Say why words of a page are not kept."""
    return (
        f"您另外一页上有{moment(error.at)}没保存完的文字，这一页没有自动保存。"
        "文字还在这一页，可以按“保存”。"
    )


def moment(at: Any) -> str:
    """Return a time as people say it today; with the day when it was another."""
    local = at.astimezone(COUNTY_ZONE)
    clock = f"{local:%H:%M}"
    return clock if local_day(at) == local_day(utcnow()) else f"{local.month}月{local.day}日{clock}"


def overtaken(notice: Notice, version: int) -> str:
    """Say who saved a version since the one that words began with; empty when nobody did."""
    if version >= notice.version:
        return ""
    newest = drafting.versions(db(), notice)[0]
    who = people.names(db())[newest.person_id]
    return f"您写的时候是第{version}版，后来{who}保存了第{newest.number}版。"
