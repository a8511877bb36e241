"""Deputies of approvers: for their days alone, and never for what they wrote."""

from datetime import date, datetime, timedelta

import pytest

from portal.desk.domain import deputies, people
from portal.desk.domain.deputies import BadDays, CannotDeputise, HasDeputy, UnknownDeputyship
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from tests.desk.newsroom import BEGUN, Newsroom, staff_newsroom
from tests.desk.staff import Colleague, hire

FIRST, LAST = date(2026, 11, 18), date(2026, 11, 20)
# 00:10 of the first and 23:50 of the last day in Asia/Shanghai.
MORNING = datetime.fromisoformat("2026-11-18T00:10+08:00")
NIGHT = datetime.fromisoformat("2026-11-20T23:50+08:00")


@pytest.fixture
def newsroom(house: DeskHouse) -> Newsroom:
    """Editors and approvers."""
    return staff_newsroom(house)


def name(
    newsroom: Newsroom,
    *,
    since: date = FIRST,
    until: date = LAST,
    by: Colleague | None = None,
    deputy: Colleague | None = None,
    now: datetime = BEGUN,
) -> str:
    approver, chosen = by or newsroom.approver, deputy or newsroom.editor
    with newsroom.house.database.writing() as session:
        return deputies.name(
            session, approver.id, chosen.id, since=since, until=until, reason="出差", now=now
        ).id


def deputy_for(newsroom: Newsroom, now: datetime, who: Colleague | None = None) -> str | None:
    with newsroom.house.database.reading() as session:
        person = people.get(session, (who or newsroom.editor).id)
        return deputies.deputy_for(session, person, now=now)


def change_roles(newsroom: Newsroom, who: Colleague, *roles: Role) -> None:
    by = hire(newsroom.house, "bai.lu", Role.SECURITY_ADMINISTRATOR)
    with newsroom.house.database.writing() as session:
        person = people.get(session, who.id)
        people.change_roles(session, person, roles, by=by.id, now=BEGUN)


def test_a_deputy_decides_from_the_first_day_to_the_last(newsroom: Newsroom) -> None:
    name(newsroom)
    assert deputy_for(newsroom, MORNING - timedelta(minutes=20)) is None
    for moment in (MORNING, NIGHT):
        assert deputy_for(newsroom, moment) == newsroom.approver.id
    assert deputy_for(newsroom, NIGHT + timedelta(minutes=20)) is None
    assert deputy_for(newsroom, MORNING, newsroom.other_editor) is None


def test_who_may_be_named_holds_the_key_and_is_no_approver(newsroom: Newsroom) -> None:
    keyless = hire(newsroom.house, "bai.lu", Role.EDITOR)
    clerk = hire(newsroom.house, "fang.xi", Role.CLERK)
    with newsroom.house.database.reading() as session:
        assert [one.id for one in deputies.candidates(session)] == [newsroom.editor.id]
    for wrong in (keyless, clerk, newsroom.other_editor, newsroom.approver):
        with pytest.raises(CannotDeputise):
            name(newsroom, deputy=wrong)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2026, 11, 15), LAST),
        (LAST, FIRST),
        (FIRST, FIRST + deputies.LONGEST + timedelta(days=1)),
        (FIRST, date.max),
    ],
)
def test_days_that_make_no_sense_are_refused(newsroom: Newsroom, since: date, until: date) -> None:
    with pytest.raises(BadDays):
        name(newsroom, since=since, until=until)


def test_the_last_day_of_the_calendar_is_a_day(newsroom: Newsroom) -> None:
    name(newsroom, since=date.max, until=date.max)
    assert deputy_for(newsroom, MORNING) is None


def test_an_approver_has_one_deputy_a_day(newsroom: Newsroom) -> None:
    first = name(newsroom)
    for since, until in ((LAST, LAST + timedelta(days=9)), (date(2026, 11, 17), FIRST)):
        with pytest.raises(HasDeputy):
            name(newsroom, since=since, until=until)
    name(newsroom, since=LAST + timedelta(days=1), until=LAST + timedelta(days=1))
    name(newsroom, by=newsroom.other_approver, now=BEGUN + timedelta(hours=1))
    assert deputy_for(newsroom, MORNING) == newsroom.approver.id
    with newsroom.house.database.writing() as session:
        deputies.end(session, first, by=newsroom.other_approver.id, now=MORNING)
    assert deputy_for(newsroom, MORNING) == newsroom.other_approver.id
    name(newsroom)


def test_ending_it_early_counts_at_once_and_once(newsroom: Newsroom) -> None:
    first = name(newsroom)
    with newsroom.house.database.writing() as session:
        for moment in (MORNING, NIGHT):
            deputies.end(session, first, by=newsroom.approver.id, now=moment)
        (line,) = deputies.overview(session, today=FIRST)
        assert (line.standing, line.row.ended_at) == (deputies.ENDED, MORNING)
        with pytest.raises(UnknownDeputyship):
            deputies.end(session, "0" * 32, by=newsroom.approver.id, now=NIGHT)
    assert deputy_for(newsroom, MORNING) is None


def test_what_is_over_stays_as_it_was(newsroom: Newsroom) -> None:
    first = name(newsroom)
    with newsroom.house.database.writing() as session:
        deputies.end(session, first, by=newsroom.approver.id, now=NIGHT + timedelta(days=1))
    with newsroom.house.database.reading() as session:
        for today, standing in (
            (FIRST - timedelta(days=1), deputies.AHEAD),
            (LAST, deputies.RUNNING),
            (LAST + timedelta(days=1), deputies.OVER),
        ):
            assert [one.standing for one in deputies.overview(session, today=today)] == [standing]


def test_who_is_no_approver_any_more_has_no_deputy(newsroom: Newsroom) -> None:
    name(newsroom)
    change_roles(newsroom, newsroom.approver, Role.EDITOR)
    assert deputy_for(newsroom, MORNING) is None


@pytest.mark.parametrize("roles", [(Role.EDITOR, Role.APPROVER), (Role.HANDLER,)])
def test_who_becomes_an_approver_or_leaves_the_newsroom_is_no_deputy(
    newsroom: Newsroom, roles: tuple[Role, ...]
) -> None:
    name(newsroom)
    change_roles(newsroom, newsroom.editor, *roles)
    assert deputy_for(newsroom, MORNING) is None
