"""Making, saving and opening drafts; every save is a version, and nothing is ever overwritten."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import audit, keys
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.notice_consents import NoticeConsent
from portal.desk.models.notices import Notice, NoticeVersion
from portal.sealing import age, unseal
from portal.sealing.errors import NoMatchingIdentity, SealingError
from portal.sealing.keys import Identity
from portal.sealing.padding import pad_text
from portal.store import MissingFile, SealedStore


class State(StrEnum):
    """How a notice stands; what was released is sent and shown by the public side's word."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


WRITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.RETURNED})


class UnknownNotice(Exception):
    """There is no such notice, or no such version of it."""


class NotWritable(Exception):
    """It was released or withdrawn: a change is a correction."""


class SavedMeanwhile(Exception):
    """Somebody saved a version since the page was opened."""


@dataclass(frozen=True)
class Opened:
    """A version with its draft, its author and its time."""

    row: NoticeVersion
    draft: Draft


@dataclass(frozen=True)
class Drafts:
    """The sealed files, and the notice keys that one person holds."""

    items: SealedStore
    held: Mapping[str, Identity]

    def create(self, session: Session, draft: Draft, *, person_id: str, now: datetime) -> Notice:
        """Keep the first version of a notice.

        :raises portal.desk.domain.opening.KeyNotHeld: for who could not open it again.
        """
        notice = Notice(id=secrets.token_hex(16), state=State.DRAFT, version=0)
        session.add(notice)
        session.flush()
        self._keep(session, notice, draft, person_id, now)
        audit.record(session, person_id=person_id, act="notice-begun", target=notice.id, now=now)
        return notice

    def save(
        self,
        session: Session,
        notice: Notice,
        draft: Draft,
        *,
        seen: int,
        person_id: str,
        now: datetime,
    ) -> None:
        """Keep another version of a notice that the caller has locked; saving the same is nothing.

        A change takes what waited for approval back into the draft.

        :param seen: the version that its author saw
        :raises SavedMeanwhile, NotWritable: as their names say.
        :raises portal.desk.domain.opening.KeyNotHeld, CannotOpen: for who cannot open it.
        """
        if notice.state not in WRITABLE:
            raise NotWritable
        if self.newest(session, notice).draft == draft:
            return
        if seen != notice.version:
            raise SavedMeanwhile
        self._keep(session, notice, draft, person_id, now)
        notice.state = State.DRAFT
        audit.record(session, person_id=person_id, act="notice-saved", target=notice.id, now=now)

    def reopen(
        self, session: Session, notice: Notice, why: str, *, person_id: str, now: datetime
    ) -> None:
        """Begin a correction of what is out: it stays as it is until the next release.

        :raises NotWritable: for what was not released, or was withdrawn.
        :raises portal.desk.domain.opening.KeyNotHeld, CannotOpen: for who cannot open it.
        """
        if notice.state != State.RELEASED:
            raise NotWritable
        draft = replace(self.newest(session, notice).draft, correcting=why)
        self._keep(session, notice, draft, person_id, now)
        notice.state = State.DRAFT
        audit.record(session, person_id=person_id, act="notice-reopened", target=notice.id, now=now)

    def newest(self, session: Session, notice: Notice) -> Opened:
        """Return the newest version; errors as `version`."""
        return self.version(session, notice, notice.version)

    def version(self, session: Session, notice: Notice, number: int) -> Opened:
        """Open a version.

        :raises UnknownNotice: when there is none of this number.
        :raises portal.desk.domain.opening.KeyNotHeld: without the notice key.
        :raises portal.desk.domain.opening.CannotOpen: when the file is damaged or gone.
        """
        row = session.get(NoticeVersion, (notice.id, number))
        if row is None:
            raise UnknownNotice
        return Opened(row, Draft.from_bytes(self.open(row.file)))

    def open(self, file: str) -> bytes:
        """Open a file that is sealed to the notice key; errors as `version`."""
        try:
            return unseal.open_padded(self.items.get(file), list(self.held.values()))
        except NoMatchingIdentity as error:
            raise KeyNotHeld from error
        except (SealingError, MissingFile) as error:
            raise CannotOpen from error

    def keep(self, session: Session, plain: bytes) -> str:
        """Seal bytes to the notice key for a row of this transaction; return the file's name.

        :raises portal.desk.domain.opening.KeyNotHeld: for who holds no notice key.
        """
        known = keys.of_kind(session, keys.NOTICES)
        if not known.keys() & self.held.keys():
            raise KeyNotHeld
        return self.items.put_for(session, age.encrypt(pad_text(plain), list(known.values())))

    def _keep(
        self, session: Session, notice: Notice, draft: Draft, person_id: str, now: datetime
    ) -> None:
        file = self.keep(session, draft.to_bytes())
        notice.version += 1
        row = NoticeVersion(
            notice_id=notice.id, number=notice.version, at=now, person_id=person_id, file=file
        )
        session.add(row)
        session.flush()


def get(session: Session, notice_id: str, *, lock: bool = False) -> Notice:
    """Return a notice; `lock` makes others wait until this transaction ends.

    :raises UnknownNotice: when there is none.
    """
    query = select(Notice).where(Notice.id == notice_id)
    notice = session.scalar(query.with_for_update() if lock else query)
    if notice is None:
        raise UnknownNotice
    return notice


def versions(session: Session, notice: Notice) -> list[NoticeVersion]:
    """Return the rows of all versions, newest first."""
    query = select(NoticeVersion).where(NoticeVersion.notice_id == notice.id)
    return list(session.scalars(query.order_by(NoticeVersion.number.desc())))


def authors(session: Session, notice: Notice) -> set[str]:
    """Return who saved any version of a notice or took a consent: none of them releases it."""
    took = select(NoticeConsent.person_id).where(NoticeConsent.notice_id == notice.id)
    return {row.person_id for row in versions(session, notice)} | set(session.scalars(took))
