"""What the analyst sees: ratings opened in memory and counted, and counts of reports."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.desk.domain import figures
from portal.desk.domain.figures import FEWEST, Given, Hidden, Period, Quarter
from portal.desk.domain.visibility import everywhere
from portal.desk.models.cases import ONLINE, Case
from portal.desk.models.ratings import CaseRating
from portal.reference.vocabulary import vocabulary
from portal.sealing.errors import SealingError
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from portal.sealing.unseal import open_rating
from portal.store import MissingFile, SealedStore

# The states in which the public site asks for a rating.
INVITED = ("closed", "transferred", "out_of_scope")
# The desk counts nothing of what only the superior can open.
NOT_COUNTED = "sealed_for_superior"
UNREGISTERED = "unregistered"
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Invited:
    """How many cases ended in a period, and how many of them were rated by now."""

    ended: int
    rated: int

    @property
    def participation(self) -> float:
        """The share of the cases that were rated, from 0 to 1."""
        return self.rated / self.ended


@dataclass(frozen=True)
class PeriodLine:
    """One period; `invited` is None when fewer than ten cases ended in it."""

    period: Period
    invited: Invited | None


class Report(NamedTuple):
    """All that is counted of a report."""

    received_on: date
    state: str
    category: str | None
    registered_on: date | None


@dataclass(frozen=True)
class Count:
    """How many reports are of one kind: a month such as 2026-11, a state, or a category."""

    code: str
    reports: int | Hidden


@dataclass(frozen=True)
class Overview:
    """Everything on the analyst's page; `unopened` ratings did not open with the held keys."""

    periods: tuple[PeriodLine, ...]
    comments: tuple[tuple[Period, list[str]], ...]
    months: tuple[Count, ...]
    states: tuple[Count, ...]
    categories: tuple[Count, ...]
    unopened: int


def overview(
    session: Session, items: SealedStore, held: Sequence[Identity], *, today: date, shuffle: Random
) -> Overview:
    """Open the ratings of past quarters with the held keys, and count.

    Reports are counted up to the end of last month.
    """
    given, unopened = _opened(session, items, held, before=_quarter_start(today))
    found = figures.periods(given, today)
    reports = _reports_before(session, today.replace(day=1))
    return Overview(
        periods=tuple(_with_invited(session, found)),
        comments=tuple(figures.comments(found, shuffle)),
        months=_counts(_months(reports), Counter(_month(one.received_on) for one in reports)),
        states=_counts(
            (one.code for one in vocabulary().public_states if one.code != NOT_COUNTED),
            Counter(one.state for one in reports),
        ),
        categories=_counts(_categories(), Counter(map(_category, reports))),
        unopened=unopened,
    )


def _reports_before(session: Session, day: date) -> list[Report]:
    query = select(Case.received_on, Case.state, Case.category, Case.registered_on)
    wanted = query.where(Case.received_on < day, Case.state != NOT_COUNTED)
    return [Report(*row) for row in session.execute(everywhere(wanted))]


def _opened(
    session: Session, items: SealedStore, held: Sequence[Identity], *, before: date
) -> tuple[list[Given], int]:
    asked = CaseRating.case_id.in_(select(Case.id).where(_is_asked()))
    kept = asked, CaseRating.file.is_not(None), CaseRating.on < before
    # Ids are random: within a quarter nothing tells who rated first.
    query = select(CaseRating).where(*kept).order_by(CaseRating.id)
    rows = session.scalars(everywhere(query)).all()
    given = []
    for row in rows:
        rating = _rating(items, row.file or "", held)
        if rating is not None:
            given.append(Given(Quarter.of(row.on), rating))
    return given, len(rows) - len(given)


def _rating(items: SealedStore, file: str, held: Sequence[Identity]) -> Rating | None:
    try:
        return open_rating(items.get(file), held)
    except (SealingError, MissingFile):
        return None


def _with_invited(session: Session, found: Sequence[Period]) -> Iterable[PeriodLine]:
    rated = (
        select(CaseRating.id)
        .where(CaseRating.case_id == Case.id, CaseRating.file.is_not(None))
        .exists()
    )
    invited = select(Case.state_on, rated).where(Case.state.in_(INVITED), _is_asked())
    ended = session.execute(everywhere(invited)).all()
    for period in found:
        answers = [was_rated for on, was_rated in ended if period.covers(Quarter.of(on))]
        enough = len(answers) >= FEWEST
        yield PeriodLine(period, Invited(len(answers), sum(answers)) if enough else None)


def _is_asked() -> ColumnElement[bool]:
    # Whoever brought a letter rates with a code of their own, and has none before the claim.
    return or_(Case.channel == ONLINE, Case.claimed_slip.is_(True))


def _counts(codes: Iterable[str], found: Counter[str]) -> tuple[Count, ...]:
    listed = list(dict.fromkeys([*codes, *sorted(found)]))
    shown = figures.suppress([found[code] for code in listed])
    return tuple(Count(code, reports) for code, reports in zip(listed, shown, strict=True))


def _months(reports: Sequence[Report]) -> list[str]:
    if not reports:
        return []
    day, last = (pick(one.received_on for one in reports) for pick in (min, max))
    count = (last.year - day.year) * 12 + last.month - day.month + 1
    numbers = range(day.year * 12 + day.month - 1, day.year * 12 + day.month - 1 + count)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02}"


def _categories() -> list[str]:
    return [*(group.code for group in vocabulary().citizen_groups), UNREGISTERED]


def _category(report: Report) -> str:
    if report.registered_on is None:
        return UNREGISTERED
    return report.category or UNKNOWN


def _quarter_start(today: date) -> date:
    return date(today.year, today.month - (today.month - 1) % 3, 1)
