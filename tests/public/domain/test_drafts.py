from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.public.domain.drafts import (
    IDLE,
    OWN_PHONE,
    STUB_KEPT,
    AlreadyFiled,
    DraftMoved,
    DraftPlace,
    Filed,
    purge_expired,
)
from portal.public.domain.tokens import Token
from portal.public.models.drafts import Draft as Row
from portal.reference.days import local_day
from portal.store import MissingFile
from tests.public.stories import STORY, rows, write_report


@pytest.fixture
def token():
    return Token.draw()


@pytest.fixture
def keep(house, token, now):
    """Put answers into the token's draft."""

    def keep(*, at=now, own_phone=False, **answers):
        with house.database.writing() as session:
            place = DraftPlace(session, house.drafts, token)
            return place.revise(answers, at, own_phone=own_phone)

    return keep


@pytest.fixture
def found(house, token, now):
    """Find what lies under a token."""

    def found(*, at=now, under=token):
        with house.database.reading() as session:
            return DraftPlace(session, house.drafts, under).find(at)

    return found


def test_answers_come_together_in_one_draft_with_one_code(keep, found, house):
    first = keep(category="subsidy")
    second = keep(story=STORY, place="青岚县柳溪镇")
    assert found().what == second
    assert (second.category, second.story, second.code) == ("subsidy", STORY, first.code)
    assert len(rows(house, Row)) == len(house.drafts.names()) == 1


def test_a_draft_is_found_with_its_token_only(keep, found):
    keep(story=STORY)
    assert found(under=Token.draw()) is None


def test_a_draft_tells_what_is_missing(keep):
    assert keep(name="某会计").missing == ("category", "story")
    assert keep(category="village").missing == ("story",)
    assert keep(story=STORY).missing == ()


@pytest.mark.parametrize(("own_phone", "kept"), [(False, IDLE), (True, OWN_PHONE)])
def test_a_draft_stays_until_its_time_is_over(keep, found, now, own_phone, kept):
    keep(story=STORY, own_phone=own_phone)
    assert abs(found().written_at - now) < timedelta(minutes=1)
    assert found(at=now + kept - timedelta(seconds=1))
    assert found(at=now + kept + timedelta(minutes=1)) is None


def test_ticks_alone_stay_two_hours_on_any_phone(keep, found, now):
    """A draft of ticks is a robot's; the day is for whoever has written something."""
    keep(category="village", level="L6", own_phone=True)
    assert abs(found().written_at - now) < timedelta(minutes=1)
    assert found(at=now + IDLE + timedelta(minutes=1)) is None


def test_writing_on_gives_a_draft_its_whole_time_again(keep, found, now):
    keep(story=STORY)
    keep(place="柳溪镇", at=now + timedelta(minutes=119))
    assert found(at=now + timedelta(hours=3)).what.story == STORY


def test_a_draft_whose_time_is_over_is_begun_anew(keep, found, now, house):
    old = keep(story=STORY)
    later = now + timedelta(hours=3)
    new = keep(at=later, place="柳溪镇")
    assert new.code != old.code
    assert (new.story, new.place) == ("", "柳溪镇")
    assert len(house.drafts.names()) == 1


def test_a_draft_whose_file_is_gone_is_begun_anew(keep, found, house):
    old = keep(story=STORY)
    for name in house.drafts.names():
        house.drafts.discard(name)
    with pytest.raises(DraftMoved):
        found()
    assert keep(place="柳溪镇").code != old.code


def test_a_stub_takes_the_drafts_place_and_refuses_changes(keep, found, house, token, now):
    draft = keep(story=STORY)
    filed = Filed(draft.code, "40518273", local_day(now))
    with house.database.writing() as session:
        DraftPlace(session, house.drafts, token).leave_stub(filed, now)
    assert found().what == filed
    assert abs(found().written_at - now) < timedelta(minutes=1)
    assert found(at=now + STUB_KEPT + timedelta(minutes=1)) is None
    assert house.drafts.names() == set()
    with pytest.raises(AlreadyFiled):
        keep(story="另外写的一段话")


def test_a_failed_transaction_leaves_the_draft_as_it_was(keep, found, house, token, now):
    before = keep(story=STORY)
    with pytest.raises(KeyboardInterrupt), house.database.writing() as session:
        DraftPlace(session, house.drafts, token).revise({"story": "改"}, now, own_phone=False)
        raise KeyboardInterrupt
    assert found().what == before
    assert len(house.drafts.names()) == 1


def test_a_discarded_draft_is_gone(keep, found, house, token):
    keep(story=STORY)
    for _time in range(2):
        with house.database.writing() as session:
            DraftPlace(session, house.drafts, token).discard()
    assert found() is None
    assert house.drafts.names() == set()


def test_only_what_is_over_is_purged(keep, found, house, now):
    keep(story=STORY)
    for at, gone in ((now + timedelta(hours=1), 0), (now + timedelta(hours=3), 1)):
        with house.database.writing() as session:
            assert purge_expired(session, house.drafts, at, most=10) == gone
    assert rows(house, Row) == []
    assert house.drafts.names() == set()


def test_a_purge_takes_a_limited_number_at_once(house, now):
    for _time in range(5):
        with house.database.writing() as session:
            DraftPlace(session, house.drafts, Token.draw()).revise(
                {"story": STORY}, now, own_phone=False
            )
    purged = []
    for _time in range(4):
        with house.database.writing() as session:
            later = now + timedelta(hours=3)
            purged.append(purge_expired(session, house.drafts, later, most=2))
    assert purged == [2, 2, 1, 0]
    assert house.drafts.names() == set()


def test_sizes_tell_classes_only(keep, house):
    sizes = set()
    for story in ("字" * 10, "字" * 100, "字" * 200):
        keep(story=story)
        (name,) = house.drafts.names()
        sizes.add(len(house.drafts.get(name)))
    assert len(sizes) == 1


def test_a_row_tells_nothing_of_the_draft(keep, house, token):
    draft = keep(story=STORY)
    with house.database.reading() as session:
        row = session.scalar(select(Row))
        shown = repr(vars(row))
    for secret in (draft.code, STORY, token.cookie_value, token.secret.hex()):
        assert secret not in shown


def test_another_tab_may_write_while_a_draft_is_read(visitor, house, monkeypatch):
    write_report(visitor)
    get, torn = house.drafts.get, iter([True])

    def get_too_late(name):
        if next(torn, False):
            raise MissingFile(name)
        return get(name)

    monkeypatch.setattr(house.drafts, "get", get_too_late)
    assert visitor.open("/report/story").value("story") == STORY


def test_a_draft_that_is_gone_for_good_is_told(visitor, house):
    write_report(visitor)
    for name in house.drafts.names():
        house.drafts.discard(name)
    assert "已经自动删除" in visitor.open("/report/story").main


def test_a_draft_that_was_damaged_is_begun_anew(keep, found, house, token, now):
    old = keep(story=STORY)
    with house.database.writing() as session:
        session.get(Row, token.row_id("draft")).file = house.drafts.put(bytes(2000))
    assert found() is None
    assert keep(place="柳溪镇").code != old.code
