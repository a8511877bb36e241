"""The tables of /statistics, the same for the page and for a download."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.desk.domain import figures
from portal.desk.domain.figures import Hidden, Period, Quarter
from portal.desk.domain.statistics import UNKNOWN, UNREGISTERED, Count, Overview, PeriodLine
from portal.reference.texts import text
from portal.reference.vocabulary import vocabulary
from portal.sealing.ratings import Rating

NOT_SHOWN = "不公布"
HIDDEN = {Hidden.FEW: "少于5", Hidden.WITHHELD: "不列出"}
ASKED = vocabulary().satisfaction


@dataclass(frozen=True)
class Table:
    """A table as text; the first cell of a row heads it, `numeric` names columns of numbers."""

    code: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


CODES = ("participation", "satisfaction", "solved", "comments", "months", "states", "categories")


def tables(overview: Overview) -> dict[str, Table]:
    """Return every table by its code, the newest period first."""
    lines = overview.periods[::-1]
    made = (
        _participation(lines),
        _satisfaction(lines),
        _solved(lines),
        _comments(overview),
        _counted("months", "每月收到的举报", "月份", overview.months, _spoken_month),
        _counted("states", "举报现在的状态", "状态", overview.states, _spoken_state),
        _counted("categories", "举报的类别", "类别", overview.categories, _spoken_category),
    )
    return {table.code: table for table in made}


@dataclass(frozen=True)
class Bar:
    """One bar of a chart; `share` is from 0 to 1, None where nothing is shown."""

    label: str
    share: float | None
    beside: str


def satisfied_bars(period: Period) -> list[Bar]:
    """Return how many were satisfied with each question in a period."""
    bars = []
    for question, label in ASKED.questions:
        found = figures.satisfaction(period.ratings, question)
        bars.append(
            Bar(label, found.share, f"{percent(found.share)}（{found.n}份）")
            if found
            else Bar(label, None, NOT_SHOWN)
        )
    return bars


def spoken_period(period: Period) -> str:
    """Return the quarters that a period holds, in words."""
    if period.first == period.last:
        return _spoken_quarter(period.first)
    return f"{_spoken_quarter(period.first)}至{_spoken_quarter(period.last)}"


def percent(share: float) -> str:
    """Return a share from 0 to 1 with one decimal."""
    return f"{100 * share:.1f}%"


def _participation(lines: Iterable[PeriodLine]) -> Table:
    heads = ("时期", "办结、转送或不受理", "其中评价过", "参与率", "计入的评价", "要再看一看的")
    rows = []
    for line in lines:
        invited, ratings = line.invited, line.period.ratings
        asked = (
            (str(invited.ended), str(invited.rated), percent(invited.participation))
            if invited
            else (NOT_SHOWN,) * 3
        )
        looks = _shown(figures.second_looks(ratings))
        rows.append((spoken_period(line.period), *asked, str(len(ratings)), looks))
    return Table("participation", "参与情况", heads, tuple(rows), (1, 2, 3, 4, 5))


def _satisfaction(lines: Iterable[PeriodLine]) -> Table:
    heads = ("时期", "问题", *(label for _v, label in ASKED.scale), "份数", "满意率", "95%区间")
    rows = tuple(
        (spoken_period(line.period), label, *_answers(line.period.ratings, question))
        for line in lines
        for question, label in ASKED.questions
    )
    return Table("satisfaction", "满意度", heads, rows, tuple(range(2, len(heads))))


def _answers(ratings: tuple[Rating, ...], question: str) -> tuple[str, ...]:
    found = figures.satisfaction(ratings, question)
    if found is None:
        return (NOT_SHOWN,) * (len(ASKED.scale) + 3)
    interval = f"{percent(found.low)}—{percent(found.high)}"
    return (*map(str, found.counts), str(found.n), percent(found.share), interval)


def _solved(lines: Iterable[PeriodLine]) -> Table:
    codes = [code for code, _label in ASKED.solved]
    heads = ("时期", *(label for _code, label in ASKED.solved), "份数")
    rows = []
    for line in lines:
        found = figures.solved(line.period.ratings, codes)
        cells = (*map(str, found), str(sum(found))) if found else (NOT_SHOWN,) * (len(codes) + 1)
        rows.append((spoken_period(line.period), *cells))
    return Table("solved", "问题是否解决", heads, tuple(rows), tuple(range(1, len(heads))))


def _comments(overview: Overview) -> Table:
    rows = tuple(
        (spoken_period(period), comment)
        for period, batch in reversed(overview.comments)
        for comment in batch
    )
    return Table("comments", "评价里写的话", ("时期", "写的话"), rows)


def _counted(
    code: str, caption: str, head: str, counts: Iterable[Count], spoken: Callable[[str], str]
) -> Table:
    rows = tuple((spoken(count.code), _shown(count.reports)) for count in counts)
    return Table(code, caption, (head, "件数"), rows, (1,))


def _shown(count: int | Hidden) -> str:
    return HIDDEN[count] if isinstance(count, Hidden) else str(count)


def _spoken_quarter(quarter: Quarter) -> str:
    return f"{quarter.year}年第{quarter.number}季度"


def _spoken_month(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def _spoken_state(code: str) -> str:
    return text(f"progress.{code}.label")


def _spoken_category(code: str) -> str:
    own = {UNREGISTERED: "还没有打开登记", UNKNOWN: "没有见过的类别"}
    return own.get(code) or vocabulary().category_label(code)
