"""The vocabulary agrees with itself and with the words of the pages."""

import pytest

from portal.reference.texts import text
from portal.reference.vocabulary import UnknownCode, vocabulary
from portal.sealing.ratings import QUESTIONS

WORDS = vocabulary()
BLANKS = {
    "date": "{date}",
    "phone": "{phone}",
    "reference": "{reference}",
    "upper_name": "{upper_name}",
    "upper_phone": "{upper_phone}",
    "upper_address": "{upper_address}",
}


def test_a_citizen_chooses_first_from_ten_and_then_from_four():
    first = [group.code for group in WORDS.citizen_groups if group.first_screen]
    assert len(first) == 10
    assert first[-1] == "unsure"
    assert len(WORDS.citizen_groups) == 14


@pytest.mark.parametrize("group", WORDS.citizen_groups, ids=lambda group: group.code)
def test_every_group_stands_for_categories_that_exist(group):
    assert group.codes
    for code in group.codes:
        assert WORDS.category(code).code == code


@pytest.mark.parametrize("matter", WORDS.not_ours, ids=lambda matter: matter.code)
def test_every_matter_for_others_says_where_to_go(matter):
    assert WORDS.not_our(matter.code) is matter
    assert matter.label
    assert matter.code == f"to-{matter.kind}"
    assert text(matter.text, phone="1", address="2", hours="3", petition_address="4")


def test_groups_and_matters_for_others_share_no_code():
    assert not {one.code for one in WORDS.citizen_groups} & {one.code for one in WORDS.not_ours}


def test_levels_begin_with_the_village_and_end_with_not_knowing():
    codes = [level.code for level in WORDS.levels]
    assert codes[0] == "L6"
    assert codes[-1] == "L0"
    assert len(set(codes)) == 11
    assert WORDS.level("L6").plain.startswith(WORDS.level("L6").label)


@pytest.mark.parametrize("state", WORDS.public_states, ids=lambda state: state.code)
def test_a_public_state_says_on_the_page_what_the_vocabulary_says(state):
    assert text(f"progress.{state.code}.label") == state.label
    assert text(state.text_key, **BLANKS) == state.text
    assert text(state.hint_key, **BLANKS) == state.hint
    for following in state.next:
        assert WORDS.public_state(following).code == following


def test_a_report_moves_only_as_the_vocabulary_says():
    assert WORDS.may_follow("received", "accepted")
    assert not WORDS.may_follow("closed", "received")


def test_this_site_is_one_of_the_channels():
    assert WORDS.channel("WANG").label == "网络举报（本网站）"


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("subsidy", "补贴、低保、救助、养老的钱"),
        ("C", "侵害群众利益"),
        ("C01", "克扣、冒领、拖欠补贴补助"),
    ],
)
def test_whatever_the_category_field_holds_has_words(code, label):
    assert WORDS.category_label(code) == label


@pytest.mark.parametrize(
    "look_up",
    [
        WORDS.category,
        WORDS.citizen_group,
        WORDS.not_our,
        WORDS.level,
        WORDS.channel,
        WORDS.public_state,
        WORDS.category_label,
    ],
)
def test_an_unknown_code_is_named(look_up):
    with pytest.raises(UnknownCode, match="no-such"):
        look_up("no-such")


def test_the_questions_of_a_rating_are_those_that_a_sealed_one_holds():
    asked = vocabulary().satisfaction
    assert tuple(code for code, _label in asked.questions) == QUESTIONS
    assert [value for value, _label in asked.scale] == [5, 4, 3, 2, 1]
    assert [code for code, _label in asked.solved] == ["yes", "partly", "no", "unknown"]
