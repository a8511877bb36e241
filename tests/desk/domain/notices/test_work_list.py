"""Each notice stands in one list: by what is to be done with it now."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from portal.desk.domain.notices import work_list
from portal.desk.domain.notices.work_list import Line, Work
from portal.desk.models.notices import Notice
from tests.desk.cleared import UNTIL, agree, agreed, out
from tests.desk.newsroom import BEGUN, DRAFT, NEXT, Pressroom

DAY = timedelta(days=1)


def lists(
    pressroom: Pressroom, now: datetime = NEXT, wanted: tuple[Work, ...] = tuple(Work)
) -> dict[Work, list[Line]]:
    me = pressroom.newsroom.approver
    drafts = pressroom.newsroom.drafts(me)
    with pressroom.house.database.reading() as session:
        return work_list.lists(session, drafts, me.id, now=now, wanted=wanted)


def stands(pressroom: Pressroom, notice_id: str, now: datetime = NEXT) -> Work:
    found = lists(pressroom, now)
    (work,) = [work for work, lines in found.items() if notice_id in {one.id for one in lines}]
    return work


def give_back(pressroom: Pressroom, notice_id: str) -> None:
    judge = pressroom.reviewing()
    with pressroom.house.database.writing() as session:
        notice = session.get_one(Notice, notice_id)
        judge.give_back(session, notice, "再改", seen=notice.version, now=BEGUN)


def test_from_the_first_draft_to_the_tombstone(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin()
    assert stands(pressroom, notice_id) == Work.WRITE
    pressroom.submit(notice_id)
    assert stands(pressroom, notice_id) == Work.REVIEW
    give_back(pressroom, notice_id)
    assert stands(pressroom, notice_id) == Work.RETURNED
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    assert stands(pressroom, notice_id) == Work.RELEASE
    pressroom.newsroom.change(notice_id, summary="又改")
    assert stands(pressroom, notice_id) == Work.WRITE
    pressroom.go_out(notice_id)
    assert stands(pressroom, notice_id) == Work.OUT
    review_on = pressroom.newsroom.notice(notice_id).review_on
    assert review_on is not None
    due = datetime.fromisoformat(f"{review_on}T00:10+08:00")
    assert stands(pressroom, notice_id, due - DAY) == Work.OUT
    assert stands(pressroom, notice_id, due) == Work.AGAIN
    pressroom.reopen(notice_id)
    assert stands(pressroom, notice_id, due) == Work.WRITE
    pressroom.withdraw(notice_id)
    assert stands(pressroom, notice_id, due) == Work.WITHDRAWN


def test_a_scheduled_one_waits_for_its_minute(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin()
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    begins = NEXT + 3 * DAY
    pressroom.publish(notice_id, not_before=begins)
    (line,) = lists(pressroom)[Work.SCHEDULED]
    assert (line.id, line.not_before) == (notice_id, begins)
    assert stands(pressroom, notice_id, begins) == Work.OUT


def test_a_clarification_is_over_after_its_day(pressroom: Pressroom) -> None:
    notice_id = out(pressroom)
    last = datetime.fromisoformat(f"{UNTIL}T23:50+08:00")
    assert stands(pressroom, notice_id, last) == Work.OUT
    assert stands(pressroom, notice_id, last + DAY) == Work.OVER


def test_a_consent_that_came_after_the_approval_asks_for_another_look(
    pressroom: Pressroom,
) -> None:
    notice_id = agreed(pressroom)
    pressroom.approve(notice_id)
    assert stands(pressroom, notice_id) == Work.RELEASE
    agree(pressroom, notice_id, now=NEXT + DAY)
    assert stands(pressroom, notice_id) == Work.REVIEW


@pytest.mark.parametrize("wanted", [(Work.WRITE,), (Work.REVIEW, Work.AGAIN)])
def test_only_what_is_wanted_is_listed_in_its_order(
    pressroom: Pressroom, wanted: tuple[Work, ...]
) -> None:
    written = pressroom.newsroom.begin()
    waits = pressroom.newsroom.begin(replace(DRAFT, title="等审核的"))
    pressroom.submit(waits)
    pressroom.release()
    found = lists(pressroom, wanted=wanted)
    assert tuple(found) == wanted
    ids = [line.id for lines in found.values() for line in lines]
    assert ids == [written if wanted == (Work.WRITE,) else waits]
