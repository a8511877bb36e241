"""House style, counts, and what a title says."""

from dataclasses import replace

import pytest

from portal.desk.domain.notices import paragraphs
from portal.desk.domain.notices.drafts import CaseEntry
from portal.exchange.notices import Counts
from portal.reference.vocabulary import vocabulary
from tests.desk.newsroom import CASE, DRAFT


def test_a_case_becomes_a_paragraph_in_house_style() -> None:
    full = replace(CASE, other_sanction="G2", recovered="3万元")
    assert paragraphs.of_case(full) == (
        "<p>某镇某村党支部原书记〔甲〕侵占集体资金问题。"
        "经查，2023年至2024年，〔甲〕侵占集体资金问题，涉及金额3万余元。"
        "2025年，〔甲〕受到党内严重警告处分、政务记过处分。已追回3万元。</p>"
    )


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (CaseEntry(), ""),
        (CaseEntry(unit="某局", what="优亲厚友问题"), "<p>某局优亲厚友问题。</p>"),
        (CaseEntry(other_sanction="F4"), "<p>有关人员受到诫勉。</p>"),
        (
            CaseEntry(until="2020年", what="违规收费"),
            "<p>违规收费。经查，2020年以前，有关人员违规收费。</p>",
        ),
        (
            CaseEntry(what="<b>", amount="1"),
            "<p>&lt;b&gt;。经查，有关人员&lt;b&gt;，涉及金额1。</p>",
        ),
    ],
)
def test_what_was_not_filled_in_is_not_said(case: CaseEntry, said: str) -> None:
    assert paragraphs.of_case(case) == said


def test_times_cases_and_people_are_counted_apart() -> None:
    two = replace(DRAFT, cases=(CASE, replace(CASE, people="甲、乙")))
    assert paragraphs.counts(two) == Counts(times=1, cases=2, people=1)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("通报3起典型问题", 3),
        ("通报三起典型问题", 3),
        ("通报两起典型问题", 2),
        ("通报十起典型问题", 10),
        ("通报十二起典型问题", 12),
        ("通报二十一起典型问题", 21),
        ("关于典型问题的通报", None),
        ("一起来监督", 1),
    ],
)
def test_a_title_says_how_many_cases_there_are(title: str, said: int | None) -> None:
    assert paragraphs.said_cases(title) == said


def test_every_kind_of_notice_has_words_to_begin_with() -> None:
    for kind in vocabulary().notice_kinds:
        assert paragraphs.opening(kind.code).startswith("<p>")
    assert paragraphs.closing("N01")
    assert not paragraphs.closing("N12")
