"""A report about this commission or somebody above it: sealed for the superior, and on its own way.

It never enters the outbox of the exchange, and the desk learns nothing of it.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from portal.public.domain.drafts import SUPERIOR, Draft, DraftPlace, Filed
from portal.public.domain.progress import SEALED_FOR_SUPERIOR
from portal.public.domain.reports import (
    content_of,
    filed_already,
    identity_of,
    is_free,
    open_case,
)
from portal.reference.days import local_day
from portal.sealing.manifest import Manifest
from portal.sealing.replies import CodeKeys
from portal.sealing.superior import ForSuperior, seal_for_superior
from portal.store import SealedStore
from portal.superior.folder import receipt_id
from portal.superior.tables import SuperiorItem


class ReferenceTaken(Exception):
    """Another report was given the reference that is sealed inside this one: seal it again."""


@dataclass(frozen=True)
class SealedForSuperior:
    """A draft, ready to be filed; `id` is the hash of the receipt that is sealed inside."""

    draft: Draft
    lookup_hash: str
    pepper_id: str
    reference: str
    received_on: date
    id: str
    sealed: bytes


def seal(
    draft: Draft,
    keys: CodeKeys,
    pepper_id: str,
    manifest: Manifest,
    vocabulary: str,
    *,
    reference: str,
    now: datetime,
) -> SealedForSuperior:
    """Seal a draft to the superior's keys in force; done before the transaction begins."""
    receipt, today = secrets.token_hex(16), local_day(now)
    content = ForSuperior(
        report=content_of(draft, keys, vocabulary),
        identity=identity_of(draft),
        reference=reference,
        received_on=today,
        receipt=receipt,
    )
    return SealedForSuperior(
        draft=draft,
        lookup_hash=keys.lookup_hash,
        pepper_id=pepper_id,
        reference=reference,
        received_on=today,
        id=receipt_id(receipt),
        sealed=seal_for_superior(content, manifest),
    )


def file(place: DraftPlace, store: SealedStore, sealed: SealedForSuperior, now: datetime) -> Filed:
    """File a sealed draft: case line, the superior's item and the draft's stub together.

    Idempotent on the draft, as `reports.file` is.

    :raises NoDraft, DraftChanged: as `reports.file`.
    :raises ReferenceTaken: when the reference that was drawn is not free.
    """
    filed_before = filed_already(place, sealed.draft, now)
    if filed_before:
        return filed_before
    session, reference = place.session, sealed.reference
    if not is_free(session, reference):
        raise ReferenceTaken
    open_case(
        session,
        sealed.lookup_hash,
        sealed.pepper_id,
        reference,
        SEALED_FOR_SUPERIOR,
        sealed.received_on,
    )
    session.add(SuperiorItem(id=sealed.id, file=store.put_for(session, sealed.sealed)))
    filed = Filed(sealed.draft.code, reference, sealed.received_on, SUPERIOR)
    place.leave_stub(filed, now)
    return filed
