"""The gate: what keeps a document from going out. Nothing passes while one reason is left.

It reads the very bytes that will be signed, not the draft that they came from.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.desk.domain.notices import paragraphs
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.inspecting import Problem, inspect, names_left
from portal.desk.domain.notices.rendering import TOKEN
from portal.exchange.notices import PUBLISHED, WITHDRAWN, Notice
from portal.exchange.refusals import BadSchema
from portal.text import sanitise

Key = tuple[str, str, str, str]


class Reason(StrEnum):
    """Why a document does not go out."""

    OWN = "own"
    NOT_APPROVED = "not-approved"
    FINDINGS = "findings"
    NAMES = "names"
    TOKENS = "tokens"
    TITLE = "title"
    EMPTY = "empty"
    UNCLEAN = "unclean"
    LEGAL_BASIS = "legal-basis"
    NAMING = "naming"
    REPORTER = "reporter"
    TOO_LONG = "too-long"
    CONSENT = "consent"
    CONSENT_OVER = "consent-over"
    CONSENT_NAME = "consent-name"
    CONSENT_DAYS = "consent-days"
    ANSWERED = "answered"
    REACH = "reach"


@dataclass(frozen=True)
class Verdict:
    """What the gate saw: all findings, those that nobody settled, and every reason to refuse."""

    problems: tuple[Problem, ...]
    unresolved: tuple[Problem, ...]
    names: tuple[str, ...]
    reasons: tuple[Reason, ...]


class Refused(Exception):
    """The gate is shut; `reasons` says why, all of it."""

    def __init__(self, reasons: Collection[Reason]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = tuple(reasons)


def judge(
    document: bytes,
    draft: Draft,
    accepted: Collection[Key],
    own: str,
    units: Collection[str] = (),
) -> Verdict:
    """Say what keeps the exact bytes of a document from going out.

    :param accepted: the keys of findings that an approver accepted with a reason
    :param own: the name of the commission
    :param units: the names of the staff's list of units
    """
    try:
        notice = Notice.from_bytes(document)
    except BadSchema:
        return Verdict((), (), (), (Reason.UNCLEAN,))
    if notice.state == WITHDRAWN:
        # Its title has been out, and nobody shows it: it must not keep the notice there.
        notice = replace(notice, title="")
    problems = inspect(notice, draft, own, units)
    unresolved = tuple(one for one in problems if one.key not in accepted)
    names = tuple(names_left(notice, draft))
    found = {
        Reason.FINDINGS: bool(unresolved),
        Reason.NAMES: bool(names),
        Reason.TOKENS: TOKEN.search(_all_words(notice)) is not None,
        Reason.UNCLEAN: not sanitise.is_clean(notice.body),
    }
    if notice.state == PUBLISHED:
        found |= {
            Reason.TITLE: not _title_counts(notice),
            Reason.EMPTY: not notice.body,
            Reason.LEGAL_BASIS: draft.is_named and not draft.legal_basis,
        }
    reasons = tuple(reason for reason, stands in found.items() if stands)
    return Verdict(problems, unresolved, names, reasons)


def _title_counts(notice: Notice) -> bool:
    said = paragraphs.said_cases(notice.title)
    return said is None or not notice.counts.cases or said == notice.counts.cases


def _all_words(notice: Notice) -> str:
    corrections = "".join(one.why + one.before + one.after for one in notice.corrections)
    said = f"{notice.title}{notice.summary}{notice.body}{notice.recovered}"
    return f"{said}{corrections}{notice.reason}"
