"""Drafts: what a citizen has written so far, sealed under a key that only the cookie carries.

The browser's session and two idle hours, or a day when the phone is the citizen's own and something
was typed. Filing
leaves a stub for an hour, so that a repeated last press gets the same answer.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.public.domain.minutes import instant_of, is_over, minute_of, newest_over
from portal.public.domain.tokens import ForeignToken, Token
from portal.public.models.drafts import Draft as DraftRow
from portal.sealing import tracking_code
from portal.sealing.content import YES, NamedReporter
from portal.sealing.padding import pad_text, unpad
from portal.sealing.tracking_code import TrackingCode
from portal.store import MissingFile, SealedStore

IDLE = timedelta(hours=2)
OWN_PHONE = timedelta(hours=24)
# Where none of these is filled, a draft is ticks alone: a robot makes many, a person ticks again.
TYPED = (
    *("unit", "name", "post", "region", "story", "place", "happened"),
    *("full_name", "phone", "contact_note"),
)
STUB_KEPT = timedelta(hours=1)
DRAFT = "draft"
STUB = "stub"
ANONYMOUS = "anonymous"
NAMED = "named"
HERE = "here"
SUPERIOR = "superior"
REQUIRED = ("category", "story")


class AlreadyFiled(Exception):
    """The draft was filed: nothing can be changed any more, only added with the code."""


class DraftMoved(Exception):
    """The file went away after its row was read: somebody wrote or filed just then; look again."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was written so far, exactly as typed (line ends are LF); empty is not answered.

    `code` is the tracking code's 24 digits, drawn with the first answer. The name and the phone of
    somebody who chose to stay anonymous are never here; `dropped` says that some were typed.
    `route` is `here` or `superior`; `asked` lists, line by line, what the citizen was asked about
    on /report/own.
    """

    code: str
    category: str = ""
    unit: str = ""
    name: str = ""
    post: str = ""
    level: str = ""
    region: str = ""
    story: str = ""
    place: str = ""
    happened: str = ""
    mode: str = ""
    full_name: str = ""
    phone: str = ""
    call_me: str = ""
    contact_note: str = ""
    dropped: bool = False
    helper: bool = False
    route: str = HERE
    asked: str = ""

    @property
    def tracking_code(self) -> TrackingCode:
        """The code that this report will be found by."""
        return TrackingCode(self.code)

    @property
    def reporter(self) -> NamedReporter | None:
        """Who reports; None for anonymous. A call is wanted only by who said so."""
        if self.mode != NAMED:
            return None
        return NamedReporter(self.full_name, self.phone, self.call_me == YES, self.contact_note)

    @property
    def is_typed(self) -> bool:
        """Whether it holds anything that somebody typed."""
        return any(getattr(self, name) for name in TYPED)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required answers that are not given yet."""
        return tuple(name for name in REQUIRED if not getattr(self, name))


@dataclass(frozen=True)
class Filed:
    """What is left of a draft after filing, for an hour."""

    code: str
    reference: str
    received_on: date
    route: str = HERE

    @property
    def tracking_code(self) -> TrackingCode:
        """The code that the report is found by."""
        return TrackingCode(self.code)


@dataclass(frozen=True)
class Found:
    """What a token found: the draft or its stub, and since when it lies there (aware UTC)."""

    what: Draft | Filed
    written_at: datetime

    @property
    def draft(self) -> Draft | None:
        """The draft, when it is not filed yet."""
        return self.what if isinstance(self.what, Draft) else None

    @property
    def filed(self) -> Filed | None:
        """The stub, when it is filed."""
        return self.what if isinstance(self.what, Filed) else None


@dataclass(frozen=True)
class DraftPlace:
    """Where one cookie's draft lies: used within one transaction."""

    session: Session
    store: SealedStore
    token: Token

    def find(self, now: datetime) -> Found | None:
        """Return what lies here; None when nothing does, or its time is over.

        :raises DraftMoved: when the file is gone that the row names.
        """
        row = self._row()
        if row is None or is_over(row.expires_minute, now):
            return None
        try:
            what = self._read(row)
        except MissingFile as error:
            raise DraftMoved from error
        return Found(what, instant_of(row.expires_minute) - _kept(row, what)) if what else None

    def hold(self, now: datetime) -> Draft | Filed | None:
        """Return what lies here and keep it from others until the transaction ends.

        Two threads with the same cookie pass here one after the other.
        """
        row = self._held_row(now)
        try:
            return self._read(row) if row else None
        except MissingFile:
            return None

    def revise(self, answers: Mapping[str, Any], now: datetime, *, own_phone: bool) -> Draft:
        """Put answers into the draft, which is begun with them when there is none.

        :raises AlreadyFiled: when the draft was filed.
        """
        before = self.hold(now)
        if isinstance(before, Filed):
            raise AlreadyFiled
        draft = replace(before or Draft(code=tracking_code.draw().digits), **answers)
        row = self._emptied_row()
        row.file = self.store.put_for(self.session, self._seal(DRAFT, draft))
        row.kept_long = own_phone
        row.expires_minute = minute_of(now + _kept(row, draft))
        self.session.add(row)
        return draft

    def leave_stub(self, filed: Filed, now: datetime) -> None:
        """Replace the draft by its stub, in the transaction that files it."""
        row = self._emptied_row()
        row.stub = self._seal(STUB, filed)
        row.expires_minute = minute_of(now + STUB_KEPT)

    def discard(self) -> None:
        """Delete whatever lies here, file and row."""
        row = self._row()
        if row is not None:
            _delete(self.session, self.store, row)

    def _row(self) -> DraftRow | None:
        return self.session.get(DraftRow, self.token.row_id(DRAFT))

    def _held_row(self, now: datetime) -> DraftRow | None:
        row = self.session.get(
            DraftRow, self.token.row_id(DRAFT), with_for_update=True, populate_existing=True
        )
        if row is not None and is_over(row.expires_minute, now):
            _delete(self.session, self.store, row)
            self.session.flush()
            return None
        return row

    def _emptied_row(self) -> DraftRow:
        row = self._row() or DraftRow(id=self.token.row_id(DRAFT))
        if row.file:
            self.store.discard_after_commit(self.session, row.file)
        row.file = row.stub = None
        return row

    def _read(self, row: DraftRow) -> Draft | Filed | None:
        """Open a row; None when what it holds is damaged. MissingFile when its file is gone."""
        try:
            if row.stub is not None:
                return _read_stub(self.token.open(STUB, row.stub))
            sealed = self.store.get(row.file or "")
            return Draft(**json.loads(unpad(self.token.open(DRAFT, sealed))))
        except ForeignToken:
            return None

    def _seal(self, purpose: str, content: Draft | Filed) -> bytes:
        plain = json.dumps(asdict(content), ensure_ascii=False, default=date.isoformat)
        return self.token.seal(purpose, pad_text(plain.encode()))


def purge_expired(session: Session, store: SealedStore, now: datetime, *, most: int) -> int:
    """Delete drafts and stubs whose time is over, at most so many; return how many."""
    over = select(DraftRow).where(DraftRow.expires_minute <= newest_over(now)).limit(most)
    rows = session.scalars(over).all()
    for row in rows:
        _delete(session, store, row)
    return len(rows)


def _delete(session: Session, store: SealedStore, row: DraftRow) -> None:
    if row.file:
        store.discard_after_commit(session, row.file)
    session.delete(row)


def _kept(row: DraftRow, what: Draft | Filed) -> timedelta:
    if isinstance(what, Filed):
        return STUB_KEPT
    return OWN_PHONE if row.kept_long and what.is_typed else IDLE


def _read_stub(padded: bytes) -> Filed:
    fields = json.loads(unpad(padded))
    received_on = date.fromisoformat(fields["received_on"])
    return Filed(fields["code"], fields["reference"], received_on, fields["route"])
