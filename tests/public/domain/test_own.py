"""What raises the question whether this commission may look into a report."""

from dataclasses import replace

import pytest

from portal.public.domain.drafts import HERE, SUPERIOR, Draft
from portal.public.domain.own import Watch
from portal.sealing.tracking_code import draw
from portal.settings import SuperiorRoute
from tests.settings import county


@pytest.fixture
def watch(tmp_path):
    return Watch.of(county(tmp_path))


def draft(**answers):
    answers = {"category": "subsidy", "story": "会计多报了三户低保，钱没有发下来。", **answers}
    return Draft(code=draw().digits, **answers)


@pytest.mark.parametrize(
    "answers",
    [
        {"name": "卢望舒"},
        {"story": "听说钱最后到了卢 望 舒那里，大家都这么说。"},
        {"story": "卢、望舒，他们都有份。", "place": "县里"},
        {"unit": "派驻第三组"},
        {"unit": "派驻第三组\u200b"},
        {"post": "青岚县纪委监委的人"},
        {"level": "L3"},
        {"level": "L1"},
        {"category": "own_staff"},
        {"category": "K"},
        {"category": "K03"},
    ],
)
def test_a_match_raises_the_question(watch, answers):
    assert watch.asks(draft(**answers))


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"name": "卢望", "unit": "派驻第二组"},
        {"level": "L6", "category": "village"},
        {"level": "L0", "story": "卢某说，望舒的时候再说，也不知道是不是。"},
    ],
)
def test_other_reports_are_not_asked_about(watch, answers):
    assert not watch.asks(draft(**answers))


def test_an_unfinished_report_is_not_asked_about(watch):
    assert not watch.asks(draft(name="卢望舒", category=""))


def test_what_was_answered_is_not_asked_again_but_what_is_new_is(watch):
    first = draft(name="卢望舒")
    decided = replace(first, **watch.answered(first, HERE))
    assert not watch.asks(decided)
    assert not watch.asks(replace(decided, name=""))
    assert watch.asks(replace(decided, level="L2"))
    assert not watch.asks(replace(decided, level="L2", route=SUPERIOR))


def test_a_code_that_no_vocabulary_has_is_named(tmp_path):
    settings = replace(
        county(tmp_path), superior_route=SuperiorRoute(upper_levels=("L3", "L99", "A"))
    )
    assert Watch.of(settings).unknown_codes() == {"L99"}
