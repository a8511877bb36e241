"""What goes out: signed, numbered, once; corrected in the open; taken back with a reason."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import delete

from portal.desk.domain.notices import documents, live
from portal.desk.domain.notices.documents import TooMuchChanged
from portal.desk.domain.notices.drafting import NotWritable, State
from portal.desk.domain.notices.gate import Reason, Refused
from portal.desk.domain.notices.releasing import Retold
from portal.desk.domain.notices.reviewing import ChangedSince
from portal.exchange.kinds import Live, LiveNotice
from portal.exchange.messages import Message
from portal.exchange.notices import Counts
from portal.exchange.tables import Outgoing
from tests.desk.newsroom import CASE, DRAFT, NEXT, TAKER, WITNESS, Pressroom

TOMORROW = date(2026, 11, 17)


def test_a_release_is_signed_numbered_and_says_what_the_draft_said(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    (message,) = pressroom.sent()
    assert message.data == {"notice": notice_id, "version": 1}
    (document,) = pressroom.documents()
    assert (document.notice, document.number) == (notice_id, "2026-0001")
    assert document.counts == Counts(1, 1, 1)
    assert document.published_on == date(2026, 11, 16)
    assert document.review_on == date(2028, 5, 16)
    assert "祁某某" in document.body
    notice = pressroom.newsroom.notice(notice_id)
    assert (notice.state, notice.number, notice.release) == (State.RELEASED, "2026-0001", 1)
    pressroom.release(replace(DRAFT, title="第二份"))
    assert pressroom.documents()[1].number in {"2026-0001", "2026-0002"}
    assert {one.number for one in pressroom.documents()} == {"2026-0001", "2026-0002"}


def test_a_second_press_releases_nothing_more(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    with pytest.raises(NotWritable):
        pressroom.publish(notice_id)
    assert len(pressroom.sent()) == 1


def test_a_scheduled_release_says_from_when(pressroom: Pressroom) -> None:
    later = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    notice_id = pressroom.newsroom.begin()
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    pressroom.publish(notice_id, not_before=later)
    (document,) = pressroom.documents()
    assert document.not_before == later
    assert document.published_on == date(2027, 1, 1)
    assert document.number == "2027-0001"


def test_a_correction_keeps_number_and_day_and_lists_both_texts(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    pressroom.reopen(notice_id, "金额写错")
    pressroom.newsroom.change(
        notice_id, cases=(replace(CASE, paragraph="<p>〔甲〕侵占5万余元。</p>"),)
    )
    pressroom.go_out(notice_id)
    first, second = pressroom.documents()
    assert (second.number, second.published_on) == (first.number, first.published_on)
    (correction,) = second.corrections
    assert correction.why == "金额写错"
    assert "〔" not in correction.before + correction.after
    assert correction.before.startswith("某镇某村党支部原书记祁某某侵占集体资金问题。")
    assert correction.after == "祁某某侵占5万余元。"


def test_a_correction_that_changes_everything_is_another_notice(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    pressroom.reopen(notice_id)
    pressroom.newsroom.change(notice_id, closing=f"<p>{'改' * 2001}</p>")
    pressroom.submit(notice_id)
    with pytest.raises(TooMuchChanged):
        pressroom.publish(notice_id)


def test_a_withdrawal_leaves_number_title_and_reason(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    pressroom.withdraw(notice_id, "事实有误，撤回")
    tombstone = pressroom.documents()[1]
    assert (tombstone.state, tombstone.body, tombstone.summary) == ("withdrawn", "", "")
    assert (tombstone.number, tombstone.reason) == ("2026-0001", "事实有误，撤回")
    assert tombstone.withdrawn_on == date(2026, 11, 16)
    assert pressroom.newsroom.notice(notice_id).state == State.WITHDRAWN
    for again in (pressroom.withdraw, pressroom.reopen):
        with pytest.raises(NotWritable):
            again(notice_id)


def test_a_correction_nobody_approved_names_nobody_in_a_tombstone(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    pressroom.reopen(notice_id)
    named = (replace(TAKER, named=True), replace(WITNESS, name="冯远桥", minor=False))
    pressroom.newsroom.change(notice_id, mode="named", legal_basis="依据", parties=named)
    for name in ("祁山河", "慕容雪", "冯远桥"):
        with pytest.raises(Refused) as refusal:
            pressroom.withdraw(notice_id, f"{name}已经申诉")
        assert Reason.NAMES in refusal.value.reasons
    pressroom.withdraw(notice_id)


def test_a_title_that_says_too_much_does_not_keep_a_notice_out(pressroom: Pressroom) -> None:
    notice_id = pressroom.release(replace(DRAFT, title="关于白鹭洲问题的通报"))
    pressroom.reopen(notice_id)
    known = replace(TAKER, other_names=("白鹭洲",))
    pressroom.newsroom.change(notice_id, parties=(known, WITNESS))
    pressroom.withdraw(notice_id)
    assert pressroom.newsroom.notice(notice_id).state == State.WITHDRAWN


def test_what_never_went_out_is_neither_corrected_nor_withdrawn(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin()
    for press in (pressroom.withdraw, pressroom.reopen, pressroom.publish):
        with pytest.raises(NotWritable):
            press(notice_id)


def test_the_version_that_was_looked_at_is_the_one_that_goes_out(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin()
    pressroom.submit(notice_id)
    judge = pressroom.reviewing()
    with pressroom.house.database.writing() as session:
        notice = session.get_one(type(pressroom.newsroom.notice(notice_id)), notice_id)
        with pytest.raises(ChangedSince):
            judge.approve(session, notice, naming=False, seen=7, now=NEXT)


def test_a_restored_public_side_is_told_the_same_bytes_again(pressroom: Pressroom) -> None:
    pressroom.release()
    before = pressroom.sent()[0].parts["document"]
    with pressroom.house.database.writing() as session:
        session.execute(delete(Outgoing))
        Retold(pressroom.house.items, pressroom.house.outbox).tell(session, NEXT)
    assert pressroom.sent()[0].parts["document"] == before


def told(
    pressroom: Pressroom, *shown: LiveNotice, day: date = TOMORROW, **ends: str
) -> list[tuple[str, str]]:
    """The alarms after a list of what is shown."""
    message = Message("0" * 32, Live.KIND, "public", day, Live(shown, **ends).data(), {})
    with pressroom.house.database.writing() as session:
        live.receive(session, message, NEXT)
    with pressroom.house.database.reading() as session:
        return [(alarm.notice_id, alarm.what) for alarm in live.alarms(session)]


def shown(pressroom: Pressroom, index: int = 0) -> LiveNotice:
    message = pressroom.sent()[index]
    digest = sha256(message.parts["document"]).hexdigest()
    return LiveNotice(str(message.data["notice"]), index + 1, digest)


def test_a_release_is_released_then_sent_then_shown(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()

    def standing() -> str:
        with pressroom.house.database.reading() as session:
            return live.standing(session, notice_id)[0].code

    line = shown(pressroom)
    assert standing() == "released"
    with pressroom.house.database.writing() as session:
        session.execute(delete(Outgoing))
    assert standing() == "sent"
    assert told(pressroom, line) == []
    assert standing() == "shown"


def test_every_difference_of_what_is_shown_is_an_alarm(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    line, foreign = shown(pressroom), LiveNotice("f" * 32, 1, "0" * 64)
    assert told(pressroom) == [(notice_id, "missing")]
    assert told(pressroom, replace(line, digest="0" * 64)) == [(notice_id, "foreign")]
    assert told(pressroom, line, foreign) == [("f" * 32, "foreign")]
    assert told(pressroom, line) == []
    pressroom.withdraw(notice_id)
    assert told(pressroom, line) == [(notice_id, "older")]


def test_a_list_speaks_for_the_ids_between_its_ends_alone(pressroom: Pressroom) -> None:
    notice_id = pressroom.release()
    line = shown(pressroom)
    below, above = (f"{int(notice_id, 16) + step:032x}" for step in (-1, 1))
    assert told(pressroom, last=below) == []
    assert told(pressroom, first=notice_id, last=notice_id) == [(notice_id, "missing")]
    assert told(pressroom, first=above) == [(notice_id, "missing")]
    assert told(pressroom, line, first=notice_id, last=notice_id) == []


def test_what_came_too_late_for_a_list_or_waits_for_its_day_is_no_alarm(
    pressroom: Pressroom,
) -> None:
    pressroom.release()
    assert told(pressroom, day=date(2026, 11, 16)) == []
    notice_id = pressroom.newsroom.begin(replace(DRAFT, title="以后"))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    pressroom.publish(notice_id, not_before=NEXT + timedelta(days=9))
    assert notice_id not in dict(told(pressroom))


def test_the_reminder_follows_the_longest_effect() -> None:
    both = replace(DRAFT, cases=(CASE, replace(CASE, party_sanction="P6", other_sanction="G6")))
    assert documents.review_on(both, date(2026, 1, 31)) == date(2031, 1, 28)
    assert documents.review_on(replace(DRAFT, cases=()), TOMORROW) is None
    unknown = replace(DRAFT, cases=(replace(CASE, party_sanction="X9"),))
    assert documents.review_on(unknown, TOMORROW) is None
