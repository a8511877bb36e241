"""Which sealed files the desk's rows name; what no row names, a killed process left behind."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.desk.models.cases import Case, CaseGrant
from portal.desk.models.deadlines import Extension
from portal.desk.models.duplicates import Duplicate
from portal.desk.models.identities import IdentityRequest
from portal.desk.models.notes import CaseNote
from portal.desk.models.notices import (
    NoticeAcceptance,
    NoticeRelease,
    NoticeReview,
    NoticeTick,
    NoticeVersion,
)
from portal.desk.models.ratings import CaseRating
from portal.desk.models.registrations import Registration
from portal.desk.models.replies import CaseReply, CaseWords
from portal.desk.models.unsaved import UnsavedWords

COLUMNS: Iterable[InstrumentedAttribute[str] | InstrumentedAttribute[str | None]] = (
    Case.content_file,
    Case.identity_file,
    CaseGrant.file,
    CaseNote.file,
    CaseReply.desk_file,
    CaseReply.reporter_file,
    CaseWords.file,
    CaseRating.file,
    Extension.file,
    Registration.file,
    Duplicate.file,
    IdentityRequest.reason_file,
    IdentityRequest.identity_file,
    IdentityRequest.refusal_file,
    NoticeVersion.file,
    NoticeReview.file,
    NoticeAcceptance.file,
    NoticeRelease.file,
    NoticeTick.file,
    UnsavedWords.file,
)


def files_named(session: Session) -> set[str]:
    """Return the names of all sealed files that rows name, for the store's sweep."""
    return {name for column in COLUMNS for name in session.scalars(select(column)) if name}
