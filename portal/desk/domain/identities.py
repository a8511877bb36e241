"""Opening who reported: one custodian of each group, one case, ten minutes.

Group A's custodian asks and strips the outer layer; what is left only group B opens. The custodian
of group B who agrees opens it and seals it to the own key alone, until the minutes are over.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.desk.domain import audit, identity_parts, keys
from portal.desk.domain.identity_requests import Standing, alive, standing
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.models.cases import Case
from portal.desk.models.identities import IdentityRequest
from portal.reference.days import local_day
from portal.sealing import unseal
from portal.sealing.content import NamedReporter, Words
from portal.sealing.errors import NoMatchingIdentity, SealingError
from portal.sealing.keys import Identity, Recipient
from portal.sealing.seal import seal_identity_to, seal_words
from portal.store import MissingFile, SealedStore


class NotNamed(Exception):
    """Nobody registered the case yet, or nobody's name is in it."""


class IdentityMismatch(Exception):
    """The sealed identity is not the one that the report's content names."""


class AlreadyAsked(Exception):
    """Another request for this case waits or is open."""


class OwnRequest(Exception):
    """Whoever asked decides nothing, in whatever group the person is now."""


class AlreadyDecided(Exception):
    """Somebody agreed or refused before."""


class Expired(Exception):
    """Nobody decided in time."""


class NotForYou(Exception):
    """Only who agreed sees the name."""


class Over(Exception):
    """The minutes are over, or the name was never opened."""


@dataclass(frozen=True)
class Custody:
    """The sealed files, and one custodian with the group's keys, by key id."""

    items: SealedStore
    person_id: str
    own: Identity
    held: Mapping[str, Identity]

    def ask(self, session: Session, case: Case, reason: str, now: datetime) -> IdentityRequest:
        """Ask for one case's identity: its outer layer goes, group B's stays.

        The same person asking again in the same words, by a second click, gets the first request.

        :raises NotNamed, IdentityMismatch, AlreadyAsked: as their names say.
        :raises KeyNotHeld: without a key of group A.
        :raises CannotOpen: when the outer layer is damaged.
        """
        if not case.named:
            raise NotNamed
        if not identity_parts.fits(self.items, case, case.identity_sha256):
            raise IdentityMismatch
        before = alive(session, case, now)
        if before is not None:
            return self._same(before, reason)
        layer = self._strip(case)
        request = IdentityRequest(
            id=secrets.token_hex(16),
            case_id=case.id,
            asked_by=self.person_id,
            asked_at=now,
            reason_file=self._keep_words(session, reason, now),
            identity_file=self.items.put_for(session, layer),
        )
        session.add(request)
        session.flush()
        self._record(session, "identity-asked", case, now)
        return request

    def agree(self, session: Session, request: IdentityRequest, now: datetime) -> None:
        """Open the identity and seal it to one's own key, for ten minutes; once, however often.

        :raises OwnRequest, AlreadyDecided, Expired: as their names say.
        :raises KeyNotHeld: without a key of group B.
        :raises CannotOpen: when the layer is damaged or names nobody.
        """
        if self._did(request, agreed=True):
            return
        self._check_waiting(request, now)
        reporter = self._opened(request, list(self.held.values()))
        sealed = seal_identity_to(reporter.to_fields(), self.own.recipient)
        self._let_go_of_name(session, request)
        request.identity_file = self.items.put_for(session, sealed)
        self._decide(session, request, "identity-agreed", now, agreed=True)

    def refuse(
        self, session: Session, request: IdentityRequest, reason: str, now: datetime
    ) -> None:
        """Refuse with a reason; the layer that group A stripped goes; once, however often.

        :raises OwnRequest, AlreadyDecided, Expired: as their names say.
        """
        if self._did(request, agreed=False):
            return
        self._check_waiting(request, now)
        self._let_go_of_name(session, request)
        request.refusal_file = self._keep_words(session, reason, now)
        self._decide(session, request, "identity-refused", now, agreed=False)

    def view(self, request: IdentityRequest, now: datetime) -> NamedReporter:
        """Return the name to who agreed, within the ten minutes; the caller audits it.

        :raises NotForYou, Over: as their names say.
        :raises CannotOpen: when the file is damaged.
        """
        if standing(request, now) != Standing.OPEN:
            raise Over
        if request.decided_by != self.person_id:
            raise NotForYou
        return self._opened(request, [self.own])

    def words(self, file: str | None) -> str | None:
        """Return a reason; None when there is none, or this custodian's keys do not open it."""
        try:
            return unseal.open_words(self.items.get(file), self._keys()).text if file else None
        except (SealingError, MissingFile):
            return None

    def _same(self, before: IdentityRequest, reason: str) -> IdentityRequest:
        if before.asked_by != self.person_id or self.words(before.reason_file) != reason:
            raise AlreadyAsked
        return before

    def _did(self, request: IdentityRequest, *, agreed: bool) -> bool:
        return request.agreed is agreed and request.decided_by == self.person_id

    def _strip(self, case: Case) -> bytes:
        try:
            return unseal.open_identity_layer(self.items.get(case.identity_file), self._keys())
        except NoMatchingIdentity as error:
            raise KeyNotHeld from error
        except (SealingError, MissingFile) as error:
            raise CannotOpen from error

    def _opened(self, request: IdentityRequest, with_keys: list[Identity]) -> NamedReporter:
        try:
            sealed = self.items.get(request.identity_file or "")
            fields = unseal.open_identity(sealed, with_keys)
            return NamedReporter.from_fields(fields or {})
        except NoMatchingIdentity as error:
            raise KeyNotHeld from error
        except (SealingError, MissingFile) as error:
            raise CannotOpen from error

    def _keep_words(self, session: Session, text: str, now: datetime) -> str:
        groups = (keys.CUSTODIAN_A, keys.CUSTODIAN_B)
        readers: list[Recipient] = [
            recipient for kind in groups for recipient in keys.of_kind(session, kind).values()
        ]
        return self.items.put_for(session, seal_words(Words(text, local_day(now)), readers))

    def _check_waiting(self, request: IdentityRequest, now: datetime) -> None:
        if request.agreed is not None:
            raise AlreadyDecided
        if request.asked_by == self.person_id:
            raise OwnRequest
        if standing(request, now) == Standing.EXPIRED:
            raise Expired

    def _let_go_of_name(self, session: Session, request: IdentityRequest) -> None:
        if request.identity_file:
            self.items.discard_after_commit(session, request.identity_file)
        request.identity_file = None

    def _decide(
        self, session: Session, request: IdentityRequest, act: str, now: datetime, *, agreed: bool
    ) -> None:
        request.agreed, request.decided_by, request.decided_at = agreed, self.person_id, now
        session.flush()
        self._record(session, act, session.get_one(Case, request.case_id), now)

    def _record(self, session: Session, act: str, case: Case, now: datetime) -> None:
        audit.record(session, person_id=self.person_id, act=act, target=case.reference, now=now)

    def _keys(self) -> list[Identity]:
        return list(self.held.values())
