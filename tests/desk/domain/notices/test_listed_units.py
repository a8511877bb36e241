"""The list of units at work on notices: it is found, made coarser, and tells who is one of few."""

from dataclasses import replace

import pytest

from portal.desk.domain import units
from portal.desk.domain.notices import identifying, rendering
from portal.desk.domain.notices.drafts import Draft
from portal.desk.domain.notices.gate import Reason, Refused
from portal.desk.domain.units import Entry
from portal.exchange.notices import NAMED
from portal.text.reidentify import Pointer
from tests.desk.newsroom import CASE, DRAFT, NEXT, Newsroom, Pressroom

POSTS = (("站长", 1), ("驾驶员", 14))
MILL = Entry("云河粮油储备站", ("云河粮站", "雲河儲備站"), "U13", "青岚县", 40, POSTS)
SAID = "经查，云河粮站驾驶员〔甲〕公车私用。"


def listed(newsroom: Newsroom, *entries: Entry) -> None:
    with newsroom.house.database.writing() as session:
        units.take_in(session, entries, by=newsroom.editor.id, now=NEXT)


def saying(words: str) -> Draft:
    return replace(DRAFT, closing=f"<p>{words}</p>")


def found(pressroom: Pressroom, draft: Draft) -> dict[str, str]:
    notice_id = pressroom.newsroom.begin(draft)
    return {one.text: one.mask for one in pressroom.verdict(notice_id).problems}


@pytest.mark.parametrize(
    "words", ["云河粮油储备站违规收费", "云河<strong>粮</strong>站违规收费", "云 河 粮 站违规收费"]
)
def test_a_listed_unit_is_found_by_any_name_and_made_coarser(
    pressroom: Pressroom, words: str
) -> None:
    without = found(pressroom, saying(words))
    listed(pressroom.newsroom, MILL)
    more = set(found(pressroom, saying(words)).items()) - set(without.items())
    assert {mask for _text, mask in more} == {"某站"}


def test_what_no_text_says_is_not_looked_for(pressroom: Pressroom) -> None:
    before = found(pressroom, saying("收到整改报告"))
    listed(pressroom.newsroom, MILL)
    assert found(pressroom, saying("收到整改报告")) == before


def test_the_gate_keeps_a_listed_unit_in_until_somebody_accepts_it(pressroom: Pressroom) -> None:
    notice_id = pressroom.newsroom.begin(saying(SAID))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    pressroom.approve(notice_id)
    listed(pressroom.newsroom, MILL)
    with pytest.raises(Refused) as refusal:
        pressroom.publish(notice_id)
    assert refusal.value.reasons == (Reason.FINDINGS,)
    pressroom.accept(notice_id, reason="单位已经公开")
    pressroom.publish(notice_id)
    assert len(pressroom.sent()) == 1


def test_a_notice_that_names_people_names_their_unit_too(pressroom: Pressroom) -> None:
    listed(pressroom.newsroom, MILL)
    naming = replace(saying(SAID), mode=NAMED, legal_basis="监察法")
    assert "云河粮站" not in found(pressroom, naming)


def pointed(newsroom: Newsroom, draft: Draft) -> list[Pointer]:
    notice_id = newsroom.begin(draft)
    drafts = newsroom.drafts(newsroom.editor)
    with newsroom.house.database.reading() as session:
        told = identifying.told_before(session, drafts, newsroom.notice(notice_id))
        return identifying.warnings(draft, rendering.render(draft), told, units.known(session))


def of_kinds(pointers: list[Pointer], *kinds: str) -> list[tuple[str, int, str]]:
    return [(one.text, one.people, one.coarser) for one in pointers if one.kind in kinds]


def test_unit_and_post_of_the_list_point_to_few(newsroom: Newsroom) -> None:
    case = replace(CASE, unit="云河粮站", post="原站长", paragraph=f"<p>{SAID}</p>")
    draft = replace(DRAFT, cases=(case,))
    assert of_kinds(pointed(newsroom, draft), "unit-post") == [("云河粮站原站长", 1, "某站")]
    listed(newsroom, MILL)
    found = of_kinds(pointed(newsroom, draft), "unit-post")
    assert found == [("云河粮站原站长", 1, "某站工作人员")]


def test_a_post_that_many_have_is_no_pointer_and_in_a_month_it_is(newsroom: Newsroom) -> None:
    listed(newsroom, MILL)
    case = replace(CASE, unit="云河粮站", post="驾驶员", until="2024年", sanctioned_on="")
    assert of_kinds(pointed(newsroom, replace(DRAFT, cases=(case,))), "unit-post") == []
    monthly = replace(case, until="2024年3月")
    found = of_kinds(pointed(newsroom, replace(DRAFT, cases=(monthly,))), "post-month")
    assert found == [("驾驶员，2024年3月", 1, "2024年")]


def test_earlier_notices_count_under_any_name_of_the_unit(pressroom: Pressroom) -> None:
    newsroom = pressroom.newsroom
    listed(newsroom, MILL)
    pressroom.release(replace(DRAFT, cases=(replace(CASE, unit="云河粮站", post="驾驶员"),)))
    again = replace(CASE, unit="云河粮油储备站", post="驾驶员")
    ((said, people, coarser),) = of_kinds(
        pointed(newsroom, replace(DRAFT, cases=(again,))), "earlier"
    )
    assert (said, people) == ("云河粮油储备站驾驶员", 14)
    assert coarser.startswith("2026-0001写过一样的")
