"""What reporters sent that still waits for the desk: words to open, wishes to take up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.desk.models.cases import Case
from portal.desk.models.replies import CaseWords
from portal.exchange.statements import PURPOSES, REVIEW, WITHDRAW


@dataclass(frozen=True)
class News:
    """What is new of one case.

    `kinds` are the purposes of unopened words and of wishes, `forged` says that some words are
    not the reporter's, `pressed` is the newest withdrawal's answer, once it was opened.
    """

    kinds: tuple[str, ...]
    forged: bool
    pressed: str | None


def of_cases(session: Session, references: Collection[str]) -> Mapping[str, News]:
    """Return what is new of these cases, by reference."""
    cases = session.scalars(select(Case).where(Case.reference.in_(references))).all()
    rows = session.scalars(
        select(CaseWords)
        .where(
            CaseWords.case_id.in_([case.id for case in cases]),
            or_(CaseWords.read_on.is_(None), CaseWords.purpose == WITHDRAW),
        )
        .order_by(CaseWords.on, CaseWords.id)
    ).all()
    return {
        case.reference: _news(case, [words for words in rows if words.case_id == case.id])
        for case in cases
    }


def _news(case: Case, rows: Collection[CaseWords]) -> News:
    unread = [words for words in rows if words.read_on is None]
    wishes = {WITHDRAW: case.withdraw_asked_on, REVIEW: case.review_asked_on}
    kinds = {words.purpose for words in unread if words.genuine}
    kinds |= {wish for wish, day in wishes.items() if day}
    withdrawals = [words for words in rows if words.genuine and words.purpose == WITHDRAW]
    pressed = withdrawals[-1].pressed if withdrawals and case.withdraw_asked_on else None
    return News(
        kinds=tuple(sorted(kinds & PURPOSES)),
        forged=any(words.genuine is False for words in unread),
        pressed=pressed,
    )
