"""A notice from a named report: nobody who writes it knows the name, so custodians look."""

from dataclasses import replace

import pytest
from flask import Flask

from portal.desk.domain import cases, identity_requests
from portal.desk.domain.notices.gate import Reason, Refused
from portal.desk.house import DeskHouse
from portal.reference.days import utcnow
from tests.desk.casework import Office, at_work
from tests.desk.custody import WHO, Custodians, appoint
from tests.desk.newsroom import DRAFT, Pressroom

REFERENCE = "83172054"


@pytest.fixture
def custodians(office: Office) -> Custodians:
    people = appoint(office)
    people.named_report(REFERENCE)
    return people


def opened(house: DeskHouse, custodians: Custodians) -> str:
    """The address of the page on which a custodian of group B has the name open."""
    with house.database.reading() as session:
        known = [one.id for one in identity_requests.recent(session, utcnow())]
    if known:
        return f"/identities/{known[0]}"
    custody = custodians.custody(custodians.asker)
    with house.database.writing() as session:
        case = cases.get(session, REFERENCE, lock=True)
        request_id = custody.ask(session, case, "通报前核对", utcnow()).id
    custodians.agree(request_id, now=utcnow())
    return f"/identities/{request_id}"


def test_without_the_tick_it_does_not_go_out_and_with_it_it_does(
    app: Flask, custodians: Custodians, pressroom: Pressroom
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, references=(REFERENCE,)))
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    with pytest.raises(Refused) as refusal:
        pressroom.approve(notice_id)
    assert refusal.value.reasons == (Reason.REPORTER,)
    page = opened(pressroom.house, custodians)
    custodian = at_work(app, custodians.decider, page)
    assert "一份通报来自这一件" in custodian.page.main
    assert "祁某某侵占集体资金" in custodian.page.main
    custodian.press("里面没有举报人")
    assert "一份通报来自这一件" not in custodian.page.main
    pressroom.approve(notice_id)
    pressroom.publish(notice_id)
    assert len(pressroom.documents()) == 1


def test_a_later_version_waits_for_another_look(
    app: Flask, custodians: Custodians, pressroom: Pressroom
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, references=(REFERENCE,)))
    pressroom.submit(notice_id)
    page = opened(pressroom.house, custodians)
    custodian = at_work(app, custodians.decider, page)
    pressroom.newsroom.change(notice_id, summary="又改了")
    pressroom.submit(notice_id)
    assert "有了新的一版" in custodian.press("里面没有举报人", status=409).main
    custodian.open(page)
    custodian.press("里面没有举报人")
    pressroom.newsroom.change(notice_id, summary="再改")
    pressroom.submit(notice_id)
    pressroom.accept(notice_id)
    with pytest.raises(Refused) as refusal:
        pressroom.approve(notice_id)
    assert refusal.value.reasons == (Reason.REPORTER,)


@pytest.mark.parametrize("hidden", [f"{WHO.full_name[:2]} {WHO.full_name[2:]}", WHO.phone])
def test_a_text_that_names_the_reporter_is_never_ticked(
    app: Flask, custodians: Custodians, pressroom: Pressroom, hidden: str
) -> None:
    draft = replace(DRAFT, references=(REFERENCE,), closing=f"<p>感谢{hidden}的反映。</p>")
    pressroom.submit(pressroom.newsroom.begin(draft))
    custodian = at_work(app, custodians.decider, opened(pressroom.house, custodians))
    page = custodian.press("里面没有举报人", status=409)
    assert "有举报人的姓名或者电话" in page.main


def test_only_who_has_the_name_open_ticks(
    app: Flask, custodians: Custodians, pressroom: Pressroom
) -> None:
    notice_id = pressroom.newsroom.begin(replace(DRAFT, references=(REFERENCE,)))
    pressroom.submit(notice_id)
    page = opened(pressroom.house, custodians)
    other = at_work(app, custodians.other_decider, page)
    assert "一份通报来自这一件" not in other.page.main
    token = {"csrf_token": other.page.value("csrf_token"), "revision": "1"}
    other.post(f"{page}/notices/{notice_id}/tick", token, status=409)
    with pytest.raises(Refused):
        pressroom.accept(notice_id)
        pressroom.approve(notice_id)


def test_an_anonymous_report_asks_for_no_tick(office: Office, pressroom: Pressroom) -> None:
    office.open(office.arrive("10000001"))
    notice_id = pressroom.release(replace(DRAFT, references=("10000001", "99999999")))
    assert pressroom.newsroom.notice(notice_id).release == 1
