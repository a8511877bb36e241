"""Adding, asking for a review, asking to withdraw: sealed, signed for one purpose, sent once."""

import pytest

from portal.exchange.kinds import Reply
from portal.exchange.statements import Statement
from portal.public.domain.derivation import derive_all
from portal.public.domain.purposes import MOST_ADDS
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day, spoken_day
from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import TrackingCode, draw
from portal.sealing.unseal import open_words
from tests.public.stories import leave_idle, look, outgoing, rows

WORDS = "村里又收了一次钱，\n收据我留着。"
STATES = {"add": "accepted", "review": "closed", "withdraw": "accepted"}
PURPOSES = list(STATES)
KINDS = {"add": "补充材料", "review": "申请复查", "withdraw": "申请撤回"}


def replies(house):
    return [one for one in outgoing(house) if one.kind == "reply"]


def write(visitor, code, tell, purpose):
    """Have the form open where it makes sense."""
    tell(STATES[purpose])
    look(visitor, code)
    return visitor.open(f"/track/case/{purpose}")


def fill(visitor, purpose, status=200, **more):
    """Fill the form and send it; a withdrawal is confirmed."""
    if purpose != "withdraw":
        return visitor.fill(text=WORDS, status=status, **more)
    pressed = more.pop("pressed", "no")
    visitor.fill(text=WORDS, pressed=pressed, **more)
    return visitor.press("确认，申请撤回", status=status)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_words_are_sealed_and_signed_for_their_purpose(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, keyring, purpose
):
    write(visitor, code, tell, purpose)
    fill(visitor, purpose)
    (message,) = replies(house)
    words = message.parts["words"]
    for holder in ("intake", "recovery"):
        assert open_words(words, [keyring.identities[holder]]).text == WORDS
    keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
    signature = Reply.read(message.data).signature
    assert verify_signature(keys.verify_key, signature, message.parts["statement"])
    statement = Statement.from_bytes(message.parts["statement"])
    assert statement.covers(words)
    assert (statement.case, statement.purpose) == (rows(house, Case)[0].id, purpose)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_what_was_sent_is_listed_by_its_day_and_kind_alone(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, now, purpose
):
    write(visitor, code, tell, purpose)
    page = fill(visitor, purpose)
    assert page.h1.startswith("办理进度")
    assert f"{spoken_day(local_day(now))}：{KINDS[purpose]}" in page.main
    assert "收据" not in page.text
    assert "已经收到" in page.main or "已收到您的撤回申请" in page.main
    assert {row.kind for row in rows(house, Submission)} == {"report", purpose}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_same_form_twice_is_sent_once(visitor, house, code, tell, purpose):
    page = write(visitor, code, tell, purpose)
    data = {
        "text": WORDS,
        "pressed": "no",
        "step": "send",
        "once": page.value("once"),
        "csrf_token": page.value("csrf_token"),
    }
    for _time in range(2):
        visitor.post(f"/track/case/{purpose}", data)
    assert len(replies(house)) == 1


@pytest.mark.parametrize("purpose", ["add", "review"])
@pytest.mark.parametrize(
    ("typed", "reason"), [(" \n　", "请写上"), ("字" * 10_001, "您写了10001个字")]
)
def test_refused_words_come_back_with_the_reason(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, purpose, typed, reason
):
    write(visitor, code, tell, purpose)
    page = visitor.fill(text=typed, status=422)
    assert reason in (page.error("text") or "")
    assert page.value("text") == typed
    assert replies(house) == []


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("typed", ["right", "another"])
def test_words_after_the_look_ended_ask_for_the_code_beside_them(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, now, purpose, typed
):
    write(visitor, code, tell, purpose)
    leave_idle(visitor, now)
    answers = {"pressed": "no"} if purpose == "withdraw" else {}
    page = visitor.fill(text=WORDS, status=422, **answers)
    assert page.value("text") == WORDS
    assert "还没有发出去" in page.main
    assert replies(house) == []
    given = code if typed == "right" else draw().digits
    status = 200 if typed == "right" else 409
    if purpose == "withdraw":
        visitor.fill(code=given)
        page = visitor.press("确认，申请撤回", status=status)
    else:
        page = visitor.fill(code=given, status=status)
    assert len(replies(house)) == (typed == "right")
    assert ("收据我留着" in page.main) is (typed == "another")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_words_that_came_too_late_are_shown_back(visitor, house, code, tell, purpose):
    write(visitor, code, tell, purpose)
    if purpose == "withdraw":
        visitor.fill(text=WORDS, pressed="no")
    tell("transferred", revision=2)
    button = "确认，申请撤回" if purpose == "withdraw" else ""
    page = visitor.press(button, status=409) if button else visitor.fill(text=WORDS, status=409)
    assert "收据我留着" in page.main
    assert replies(house) == []


@pytest.mark.parametrize(
    ("state", "purpose"),
    [
        *(("transferred", purpose) for purpose in PURPOSES),
        *(("sealed_for_superior", purpose) for purpose in ("review", "withdraw")),
    ],
)
def test_where_it_makes_no_sense_the_form_leads_back(visitor, code, tell, purpose, state):
    tell(state)
    page = look(visitor, code)
    assert KINDS[purpose] not in page.links
    assert visitor.open(f"/track/case/{purpose}").url == "/track/case"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_words_that_the_site_cannot_take_are_kept(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, tmp_path, purpose
):
    write(visitor, code, tell, purpose)
    (tmp_path / "manifest.json").unlink()
    page = fill(visitor, purpose, status=503)
    assert page.value("text") == WORDS
    assert "请打电话0990-1238800" in page.text
    assert replies(house) == []


# Adding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["accepted", "in_progress", "out_of_scope", "under_review"])
def test_what_the_page_advises_can_be_done(visitor, house, code, tell, state):
    tell(state)
    look(visitor, code)
    visitor.click("补充材料")
    assert "您补充的已经收到" in visitor.fill(text=WORDS).main
    assert len(replies(house)) == 1


def test_while_an_answer_is_waited_for_it_is_offered_alone(visitor, house, code, tell):
    tell("need_more", "是哪一年？", "question")
    page = look(visitor, code)
    assert "回答" in page.links
    assert "补充材料" not in page.links


def test_a_closed_report_points_to_the_review(visitor, code, tell):
    tell("closed")
    page = look(visitor, code)
    assert "申请复查" in page.links
    assert "补充材料" not in page.links


def test_after_many_additions_the_page_says_where_to_turn(visitor, house, code, tell, now):
    write(visitor, code, tell, "add")
    (case,) = rows(house, Case)
    with house.database.writing() as session:
        for number in range(MOST_ADDS):
            row = {"case_id": case.id, "kind": "add", "on": local_day(now), "revision": 0}
            session.add(Submission(id=f"{number}", **row))
    page = visitor.fill(text=WORDS, status=409)
    assert "已经补充了很多次" in page.main
    assert "收据我留着" in page.main
    page = visitor.click("看办理进度")
    assert "有新情况，请打电话0990-1238800" in page.main
    assert "补充材料" not in page.links


# Asking for a review -----------------------------------------------------------------------------


def test_a_review_is_asked_for_once_for_each_closing(visitor, house, code, tell):
    write(visitor, code, tell, "review")
    page = visitor.fill(text=WORDS)
    assert "您的复查申请已经收到" in page.main
    assert "申请复查" not in page.links
    assert visitor.open("/track/case/review").url == "/track/case"
    tell("under_review", revision=2, steps=("closed",))
    assert "没有办过这件事的工作人员" in look(visitor, code).main
    tell("closed", revision=3, steps=("closed", "under_review"))
    assert "申请复查" in look(visitor, code).links


# Asking to withdraw ------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_a_choice_is_needed(visitor, house, code, tell):
    page = write(visitor, code, tell, "withdraw")
    assert page.value("pressed") == ""
    page = visitor.fill(text=WORDS, status=422)
    assert page.error("pressed") == "请选一项。不方便说的，选“不想说”"
    assert page.value("text") == WORDS


@pytest.mark.parametrize("pressed", ["yes", "no", "unsaid"])
def test_who_pressed_is_told_inside_the_sealed_words_alone(  # noqa: PLR0917 — fixtures come by name
    visitor, house, code, tell, keyring, pressed
):
    write(visitor, code, tell, "withdraw")
    page = visitor.fill(text="", pressed=pressed)
    assert page.h1 == "确认申请撤回"
    # The advice names the answer once; what was chosen is on no page.
    assert page.main.count("有人要求我撤回") == 1
    assert replies(house) == []
    visitor.press("确认，申请撤回")
    (message,) = replies(house)
    opened = open_words(message.parts["words"], [keyring.identities["intake"]])
    assert (opened.text, opened.pressed) == ("", pressed)
    assert f'"{pressed}"' not in repr([vars(row) for row in rows(house, Submission)])


def test_the_answer_does_not_change_the_size_of_what_is_sealed(visitor, house, code, tell):
    for revision, pressed in enumerate(["yes", "no", "unsaid"], start=1):
        tell("accepted", revision=revision)
        look(visitor, code)
        visitor.open("/track/case/withdraw")
        fill(visitor, "withdraw", pressed=pressed)
    assert len(replies(house)) == 3
    assert len({len(one.parts["words"]) for one in replies(house)}) == 1


def test_withdrawing_says_what_it_does_and_can_be_left(visitor, house, code, tell):
    page = write(visitor, code, tell, "withdraw")
    for said in ("不会自己停下", "不会因此删除", "仍可以依规依纪依法处理"):
        assert said in page.main
    visitor.fill(text=WORDS, pressed="yes")
    page = visitor.press("回去改")
    assert (page.value("text"), page.value("pressed")) == (WORDS, "yes")
    visitor.fill(text=WORDS)
    assert visitor.click("不撤回了").url == "/track/case"
    assert replies(house) == []


def test_a_wish_is_shown_until_the_desk_has_answered_it(visitor, house, code, tell):
    write(visitor, code, tell, "withdraw")
    page = fill(visitor, "withdraw")
    assert "已申请撤回" in page.main
    assert "如果是有人逼您撤回，请打电话0990-1238800告诉我们" in page.main
    assert "申请撤回" not in page.links
    tell("accepted", revision=2, flags=("withdraw_requested",))
    assert "已申请撤回" in look(visitor, code).main
    tell("accepted", revision=3)
    page = look(visitor, code)
    assert "已申请撤回" not in page.main
    assert "申请撤回" in page.links
