"""What editors typed and did not save is kept for them, sealed, and for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from portal.desk.domain.files import files_named
from portal.desk.domain.notices import drafting, unsaved
from portal.desk.domain.notices.drafting import NotWritable, State
from portal.desk.domain.notices.unsaved import OtherTab, Page, Tab, Unsaved, Words
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Role
from portal.desk.models.audit import AuditEntry
from portal.desk.models.keys import Grant
from portal.desk.models.unsaved import UnsavedWords
from tests.desk.newsroom import NEXT, Newsroom, Pressroom
from tests.desk.staff import Colleague, hire

FIRST, SECOND = Tab("1" * 32), Tab("2" * 32)
WORDS = (("title", "写到一半"), ("party_0_name", "祁山河"), ("intro", "第一行\r\n𠮷"))


def own(newsroom: Newsroom, notice_id: str, who: Colleague | None = None) -> Unsaved:
    someone = who or newsroom.editor
    return Unsaved(newsroom.drafts(someone), notice_id, Page.EDIT, someone.id)


def keep(newsroom: Newsroom, mine: Unsaved, words: Words = WORDS, *, tab=FIRST, at=NEXT) -> None:
    with newsroom.house.database.writing() as session:
        notice = drafting.get(session, mine.notice_id, lock=True)
        mine.keep(session, notice, words, tab=tab, version=notice.version, now=at)


def kept(newsroom: Newsroom, mine: Unsaved) -> Words | None:
    with newsroom.house.database.reading() as session:
        row = mine.find(session)
        return mine.open(row) if row else None


def test_words_come_back_as_they_were_typed_and_the_next_take_their_place(
    newsroom: Newsroom,
) -> None:
    notice_id = newsroom.begin()
    before = newsroom.house.items.names()
    mine = own(newsroom, notice_id)
    keep(newsroom, mine, [("title", "写")])
    keep(newsroom, mine)
    assert kept(newsroom, mine) == list(WORDS)
    assert len(newsroom.house.items.names() - before) == 1
    with newsroom.house.database.reading() as session:
        assert newsroom.house.items.names() == files_named(session)
        assert drafting.get(session, notice_id).version == 1
        acts = session.scalars(select(AuditEntry.act)).all()
    assert [act for act in acts if act.startswith("notice")] == ["notice-begun"]


def test_nobody_else_and_no_other_page_has_them(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    keep(newsroom, own(newsroom, notice_id))
    assert kept(newsroom, own(newsroom, notice_id, newsroom.other_editor)) is None
    parties = Unsaved(newsroom.drafts(newsroom.editor), notice_id, Page.PARTIES, newsroom.editor.id)
    assert kept(newsroom, parties) is None


def test_another_open_page_of_the_same_editor_writes_over_nothing_unseen(
    newsroom: Newsroom,
) -> None:
    mine = own(newsroom, newsroom.begin())
    keep(newsroom, mine)
    with pytest.raises(OtherTab) as refused:
        keep(newsroom, mine, [("title", "另一页")], tab=SECOND)
    assert refused.value.at == NEXT
    with newsroom.house.database.writing() as session:
        mine.drop(session, SECOND)
    assert kept(newsroom, mine) == list(WORDS)
    went_on = Tab(SECOND.id, seen=FIRST.id)
    keep(newsroom, mine, [("title", "接着写的")], tab=went_on)
    with pytest.raises(OtherTab):
        keep(newsroom, mine)
    with newsroom.house.database.writing() as session:
        mine.drop(session, went_on)
    assert kept(newsroom, mine) is None


def test_no_word_lies_in_clear(newsroom: Newsroom) -> None:
    keep(newsroom, own(newsroom, newsroom.begin()))
    for path in newsroom.house.items.folder.iterdir():
        for word in ("写到一半", "祁山河", "party_0_name"):
            assert word.encode() not in path.read_bytes()


def test_who_holds_no_key_and_what_was_released_keep_nothing(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newcomer = hire(newsroom.house, "bai.lu", Role.EDITOR)
    with pytest.raises(KeyNotHeld):
        keep(newsroom, own(newsroom, notice_id, newcomer))
    mine = own(newsroom, notice_id)
    keep(newsroom, mine)
    with newsroom.house.database.writing() as session:
        session.execute(delete(Grant).where(Grant.person_id == newsroom.editor.id))
        drafting.get(session, notice_id).state = State.RELEASED
    with pytest.raises(KeyNotHeld):
        kept(newsroom, own(newsroom, notice_id))
    with pytest.raises(NotWritable):
        keep(newsroom, mine)


def test_what_is_no_list_of_fields_does_not_open(newsroom: Newsroom) -> None:
    mine = own(newsroom, newsroom.begin())
    keep(newsroom, mine)
    with newsroom.house.database.writing() as session:
        row = mine.find(session)
        assert row
        row.file = newsroom.drafts(newsroom.editor).keep(session, b"{}")
    with pytest.raises(CannotOpen):
        kept(newsroom, mine)


def test_others_see_who_is_writing_for_a_quarter_of_an_hour(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    keep(newsroom, own(newsroom, notice_id))
    with newsroom.house.database.reading() as session:

        def writers(who: Colleague, minutes: int) -> list[str]:
            now = NEXT + timedelta(minutes=minutes)
            return [row.person_id for row in unsaved.others(session, notice_id, who.id, now)]

        assert writers(newsroom.other_editor, 14) == [newsroom.editor.id]
        assert writers(newsroom.other_editor, 15) == []
        assert writers(newsroom.editor, 1) == []


def test_what_nobody_came_back_to_goes_after_two_weeks(newsroom: Newsroom) -> None:
    mine = own(newsroom, newsroom.begin())
    before = newsroom.house.items.names()
    keep(newsroom, mine)
    for days, left in {13: 1, 14: 0}.items():
        with newsroom.house.database.writing() as session:
            unsaved.forget_old(session, newsroom.house.items, NEXT + timedelta(days=days))
        with newsroom.house.database.reading() as session:
            assert len(session.scalars(select(UnsavedWords)).all()) == left
    assert newsroom.house.items.names() == before


def test_a_withdrawn_notice_leaves_no_unsaved_words(pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin()
    mine = own(newsroom, notice_id, newsroom.other_editor)
    keep(newsroom, mine)
    pressroom.go_out(notice_id)
    assert kept(newsroom, mine) == list(WORDS)
    pressroom.withdraw(notice_id)
    assert kept(newsroom, mine) is None
