"""Nothing goes out while one finding is neither masked nor accepted by somebody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from portal.desk.domain.notices import gate, inspecting
from portal.desk.domain.notices.documents import Release, published
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Reason, Refused
from portal.exchange.notices import NAMED
from tests.desk.newsroom import CASE, DRAFT, NEXT, TAKER, Pressroom

PHONE = "<p>联系电话13912345678。</p>"
Way = Callable[[Pressroom, str], None]


def now(pressroom: Pressroom, notice_id: str) -> None:
    pressroom.publish(notice_id)


def scheduled(pressroom: Pressroom, notice_id: str) -> None:
    pressroom.publish(notice_id, not_before=NEXT + timedelta(days=2))


def reasons(pressroom: Pressroom, notice_id: str, way: Way = now) -> tuple[Reason, ...]:
    with pytest.raises(Refused) as refusal:
        way(pressroom, notice_id)
    return refusal.value.reasons


@pytest.mark.parametrize("way", [now, scheduled])
@pytest.mark.parametrize(
    "change",
    [
        {"title": "关于13912345678的通报"},
        {"summary": "电话13912345678"},
        {"recovered": "汇到6222020000000000000账户"},
        {"intro": PHONE},
        {"closing": '<p><a href="https://a.example/?tel=13912345678">看</a></p>'},
        {"cases": (replace(CASE, paragraph="<p>139<strong>1234</strong>5678</p>"),)},
    ],
)
def test_one_finding_anywhere_is_refused_on_every_way(
    pressroom: Pressroom, way: Way, change: dict[str, object]
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, **change))  # type: ignore[arg-type]  # by name
    pressroom.submit(notice_id)
    with pytest.raises(Refused) as refusal:
        pressroom.approve(notice_id)
    assert Reason.FINDINGS in refusal.value.reasons
    assert Reason.FINDINGS in reasons(pressroom, notice_id, way)
    assert pressroom.sent() == []


@pytest.mark.parametrize("way", [now, scheduled])
def test_a_correction_with_a_finding_is_refused_too(pressroom: Pressroom, way: Way) -> None:
    notice_id = pressroom.release()
    pressroom.reopen(notice_id)
    pressroom.newsroom.change(notice_id, intro=PHONE)
    pressroom.submit(notice_id)
    assert Reason.FINDINGS in reasons(pressroom, notice_id, way)
    assert len(pressroom.sent()) == 1


def test_what_a_correction_takes_away_is_looked_at_as_well(pressroom: Pressroom) -> None:
    notice_id = pressroom.release(replace(DRAFT, closing="<p>王建国。</p>"))
    pressroom.reopen(notice_id)
    pressroom.newsroom.change(notice_id, closing="<p>某人，尾号13912345678。</p>")
    found = [(one.field, one.text) for one in pressroom.verdict(notice_id).problems]
    assert ("is", "13912345678") in found
    assert ("body", "13912345678") in found


def test_what_an_approver_accepts_with_a_reason_goes_out(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, intro=PHONE))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id, reason="是公布的监督电话")
    pressroom.approve(notice_id)
    pressroom.publish(notice_id)
    assert "13912345678" in pressroom.documents()[0].body


def test_the_same_word_elsewhere_was_not_accepted(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, intro=PHONE))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    assert Reason.FINDINGS not in pressroom.verdict(notice_id).reasons
    pressroom.newsroom.change(notice_id, closing="<p>某某的手机13912345678。</p>")
    (left,) = pressroom.verdict(notice_id).unresolved
    assert left.before.endswith("某某的手机")


def test_an_editor_accepts_nothing_of_their_own(pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(replace(DRAFT, intro=PHONE), by=newsroom.other_editor)
    pressroom.submit(notice_id)
    for press in (pressroom.accept, pressroom.approve, pressroom.publish):
        with pytest.raises(Refused) as refusal:
            press(notice_id, newsroom.other_editor)
        assert Reason.OWN in refusal.value.reasons
    pressroom.accept(notice_id, newsroom.approver)


def test_who_accepted_and_then_edits_has_accepted_nothing(pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    notice_id = newsroom.begin(replace(DRAFT, intro=PHONE))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id, newsroom.other_editor)
    assert Reason.FINDINGS not in pressroom.verdict(notice_id).reasons
    newsroom.change(notice_id, summary="改了一下", by=newsroom.other_editor)
    assert Reason.FINDINGS in pressroom.verdict(notice_id).reasons


def test_without_an_approval_nothing_goes_out_and_a_change_voids_it(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin()
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    assert reasons(pressroom, notice_id) == (Reason.NOT_APPROVED,)
    pressroom.approve(notice_id)
    pressroom.newsroom.change(notice_id, summary="同意以后又改")
    pressroom.submit(notice_id)
    assert reasons(pressroom, notice_id) == (Reason.NOT_APPROVED,)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"closing": "<p>祁 山<strong>河</strong>到案。</p>"}, Reason.NAMES),
        ({"closing": "<p>祁山<br>河到案。</p>"}, Reason.NAMES),
        ({"summary": "祁\u200b三河"}, Reason.NAMES),
        ({"closing": "<p>〔戊〕到案。</p>"}, Reason.TOKENS),
        ({"title": "通报3起典型问题"}, Reason.TITLE),
        ({"intro": "", "cases": (), "closing": ""}, Reason.EMPTY),
        ({"mode": NAMED}, Reason.LEGAL_BASIS),
        ({"closing": "<p onclick=x>好</p>"}, Reason.UNCLEAN),
    ],
)
def test_these_are_refused_whatever_was_accepted(
    pressroom: Pressroom, change: dict[str, object], reason: Reason
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, **change))  # type: ignore[arg-type]  # by name
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    assert reason in reasons(pressroom, notice_id)


def naming(**members: object) -> Draft:
    subject = replace(TAKER, named=True)
    named = replace(DRAFT, mode=NAMED, legal_basis="公开通报规定第五条")
    return replace(named, parties=(subject, DRAFT.parties[1]), **members)  # type: ignore[arg-type]  # by name


def test_naming_takes_an_approval_of_its_own(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(naming())
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    with pytest.raises(Refused) as refusal:
        pressroom.approve(notice_id)
    assert refusal.value.reasons == (Reason.NAMING,)
    pressroom.approve(notice_id, naming=True)
    pressroom.publish(notice_id)
    assert "祁山河" in pressroom.documents()[0].body


def test_a_naming_notice_masks_everybody_else_all_the_same(pressroom: Pressroom) -> None:
    draft = naming(closing="<p>证人慕容雪和〔乙〕</p>")
    notice_id = pressroom.newsroom.begin(draft)
    pressroom.submit(notice_id)
    assert pressroom.verdict(notice_id).names == ("乙",)


def test_a_registered_name_is_put_right_by_its_token() -> None:
    draft = replace(DRAFT, closing="<p>祁<strong>山河</strong>到案。</p>")
    document = published(draft, Release("0" * 32, 1, "2026-0001", NEXT.date()))
    found = inspecting.inspect(document, draft, "青岚县纪委监委")
    (problem,) = [one for one in found if one.text == "祁山河"]
    assert problem.mask == "〔甲〕"
    put_right = inspecting.masked(draft, [(problem, problem.mask)])
    assert put_right.closing == "<p>〔甲〕到案。</p>"


def test_the_commission_that_speaks_is_no_finding() -> None:
    document = published(DRAFT, Release("0" * 32, 1, "2026-0001", NEXT.date()))
    found = {one.text for one in inspecting.inspect(document, DRAFT, "别的机关")}
    own = {one.text for one in inspecting.inspect(document, DRAFT, "青岚县纪委监委")}
    assert found - own == {"青岚县纪委监委"}


def test_the_brackets_of_a_document_number_are_no_token() -> None:
    draft = replace(DRAFT, closing="<p>见青纪发〔2026〕5号。</p>")
    document = published(draft, Release("0" * 32, 1, "2026-0001", NEXT.date()))
    assert Reason.TOKENS not in gate.judge(document.to_bytes(), draft, (), "").reasons
