"""Drafts are sealed, every save is a version, and nobody's words are lost."""

from dataclasses import replace

import pytest

from portal.desk.domain.notices import comparing, drafting
from portal.desk.domain.notices.drafting import (
    NotWritable,
    SavedMeanwhile,
    State,
    UnknownNotice,
)
from portal.desk.domain.notices.drafts import CaseEntry, Draft
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Role
from tests.desk.newsroom import BEGUN, DRAFT, Newsroom
from tests.desk.staff import hire


def test_a_draft_is_read_as_it_was_written() -> None:
    assert Draft.from_bytes(DRAFT.to_bytes()) == DRAFT
    assert DRAFT.people == ("甲",)


def test_every_save_is_a_version_with_its_author(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newsroom.change(notice_id, title="另一个标题", by=newsroom.other_editor)
    with newsroom.house.database.reading() as session:
        notice = drafting.get(session, notice_id)
        rows = drafting.versions(session, notice)
        assert [(row.number, row.person_id) for row in rows] == [
            (2, newsroom.other_editor.id),
            (1, newsroom.editor.id),
        ]
        drafts = newsroom.drafts(newsroom.approver)
        assert drafts.version(session, notice, 1).draft == DRAFT
        assert drafts.newest(session, notice).draft.title == "另一个标题"
        with pytest.raises(UnknownNotice):
            drafts.version(session, notice, 3)


def test_saving_the_same_again_makes_no_version(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newsroom.save(notice_id, DRAFT)
    assert newsroom.notice(notice_id).version == 1


def test_the_second_of_two_editors_is_told_and_the_first_ones_words_stay(
    newsroom: Newsroom,
) -> None:
    notice_id = newsroom.begin()
    newsroom.change(notice_id, title="先保存的")
    with pytest.raises(SavedMeanwhile):
        newsroom.save(notice_id, replace(DRAFT, title="后保存的"), by=newsroom.other_editor, seen=1)
    assert newsroom.draft(notice_id).title == "先保存的"
    newsroom.save(notice_id, replace(DRAFT, title="后保存的"), by=newsroom.other_editor, seen=2)
    assert newsroom.notice(notice_id).version == 3


def test_no_word_of_a_draft_lies_in_clear(newsroom: Newsroom) -> None:
    newsroom.begin()
    for path in newsroom.house.items.folder.iterdir():
        stored = path.read_bytes()
        for word in ("祁山河", "侵占", "石桥村", "典型问题"):
            assert word.encode() not in stored


def test_without_the_key_nothing_opens_and_nothing_is_begun(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    newcomer = hire(newsroom.house, "bai.lu", Role.EDITOR)
    drafts = newsroom.drafts(newcomer)
    with newsroom.house.database.writing() as session:
        with pytest.raises(KeyNotHeld):
            drafts.newest(session, drafting.get(session, notice_id))
        with pytest.raises(KeyNotHeld):
            drafts.create(session, DRAFT, person_id=newcomer.id, now=BEGUN)


def test_a_damaged_draft_does_not_open(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    (path,) = newsroom.house.items.folder.glob("*.sealed")
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with newsroom.house.database.reading() as session, pytest.raises(CannotOpen):
        newsroom.drafts(newsroom.editor).newest(session, drafting.get(session, notice_id))


def test_what_was_released_is_not_written_over(newsroom: Newsroom) -> None:
    notice_id = newsroom.begin()
    with newsroom.house.database.writing() as session:
        drafting.get(session, notice_id).state = State.RELEASED
    with pytest.raises(NotWritable):
        newsroom.change(notice_id, title="悄悄改")


def test_codes_are_told_in_words() -> None:
    told = comparing.changes(DRAFT, replace(DRAFT, mode="named", kind="N03"))
    after = {
        one.field: "".join(piece.text for piece in one.pieces if piece.kind != "removed")
        for one in told
    }
    assert after == {"kind": "形式主义、官僚主义典型问题", "mode": "点名"}
    (party,) = comparing.changes(
        DRAFT, replace(DRAFT, parties=(replace(DRAFT.parties[0], minor=True), DRAFT.parties[1]))
    )
    assert "未成年" in "".join(piece.text for piece in party.pieces)


def test_a_change_is_told_field_by_field() -> None:
    after = replace(
        DRAFT,
        title="青岚县纪委监委通报2起典型问题",
        cases=(*DRAFT.cases, CaseEntry(unit="某局")),
        parties=DRAFT.parties[:1],
    )
    told = comparing.changes(DRAFT, after)
    assert [(one.field, one.which) for one in told] == [
        ("title", ""),
        ("party", "乙"),
        ("unit", "2"),
    ]
    assert [(piece.kind, piece.text) for piece in told[0].pieces] == [
        ("same", "青岚县纪委监委通报"),
        ("removed", "1"),
        ("added", "2"),
        ("same", "起典型问题"),
    ]
