"""Two custodians and one name: the whole way through the pages, and every refusal."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from portal.desk.domain.identity_requests import OPEN_FOR, WAITS
from portal.desk.models.sessions import StaffSession
from portal.reference.days import local_day, utcnow
from tests.desk.casework import Office, at_work
from tests.desk.custody import REASON, REFERENCE, WHO, Custodians


def agreed(custodians: Custodians, asked: str) -> str:
    custodians.agree(asked, now=utcnow())
    return asked


def test_a_name_is_asked_for_agreed_to_and_seen_for_ten_minutes(
    app: Flask, custodians: Custodians
) -> None:
    custodians.named_report()
    asker = at_work(app, custodians.asker, "/identities")
    assert "还没有请求" in asker.page.main
    asker.click("请求打开一件")
    page = asker.fill(reference=" ８３１７ 2054 ", reason=REASON)
    assert "等乙组处理" in page.main
    assert REASON in page.main
    address = page.url

    decider = at_work(app, custodians.decider)
    assert "1个打开身份的请求等乙组处理" in decider.page.main
    page = decider.open("/identities")
    assert REFERENCE in page.main
    assert "白行舟" in page.main
    page = decider.open(address)
    assert REASON in page.main
    assert WHO.full_name not in page.text
    page = decider.press("同意，现在打开")
    for shown in (WHO.full_name, WHO.phone, "可以打", WHO.contact_note):
        assert shown in page.main
    mark = f"白行舟请求 温禾青同意 {local_day(utcnow()).isoformat()}"
    across = [one.get("data-mark", "").replace("\u3000", " ") for one in page.find_all("span")]
    assert mark in page.main
    assert sum(mark in one for one in across) == 40

    assert WHO.full_name not in asker.open(address).text
    assert "温禾青同意了，正在看" in asker.page.main
    custodians.long_ago(address.rpartition("/")[2], OPEN_FOR)
    page = decider.open(address)
    assert WHO.full_name not in page.text
    assert "10分钟已经过了，身份不再显示" in page.main
    custodians.forget_over(utcnow())
    assert custodians.request(address.rpartition("/")[2]).identity_file is None
    for act, person in (
        ("identity-asked", custodians.asker),
        ("identity-agreed", custodians.decider),
        ("identity-viewed", custodians.decider),
    ):
        assert custodians.office.audited(act) == [(person.id, REFERENCE)]


def test_who_handles_the_case_sees_named_and_that_it_was_opened_but_no_name(
    app: Flask, custodians: Custodians
) -> None:
    reporter = custodians.named_report()
    clerk = at_work(app, custodians.office.clerk, f"/cases/{REFERENCE}")
    assert "实名（姓名和电话另外封存）" in clerk.page.main
    assert "没有人请求过" in clerk.page.main
    agreed(custodians, custodians.ask(reporter, now=utcnow()))
    page = clerk.open(f"/cases/{REFERENCE}")
    assert "白行舟请求，已同意，正在看（温禾青）" in page.main
    for path in ("/", "/cases", f"/cases/{REFERENCE}"):
        page = clerk.open(path)
        assert "实名" in page.main
        for secret in (WHO.full_name, WHO.phone, WHO.contact_note, REASON):
            assert secret not in page.text


def test_an_anonymous_case_shows_nothing_of_all_this(app: Flask, office: Office) -> None:
    office.open(office.arrive())
    browser = at_work(app, office.clerk, f"/cases/{REFERENCE}")
    assert "打开身份" not in browser.page.main
    assert "实名" not in browser.open("/cases").main
    browser.open(f"/cases/{REFERENCE}/calls", status=404)


def test_a_refusal_says_why_to_the_custodians(
    app: Flask, custodians: Custodians, asked: str
) -> None:
    decider = at_work(app, custodians.decider, f"/identities/{asked}")
    token = decider.page.value("csrf_token")
    page = decider.post(
        f"/identities/{asked}/refuse", {"csrf_token": token, "reason": " "}, status=422
    )
    assert page.error("reason") == "请写明理由"
    page = decider.fill(reason="先用查询码告知。")
    assert "没有同意" in page.main
    assert "先用查询码告知。" in page.main
    assert "先用查询码告知。" in at_work(app, custodians.asker, f"/identities/{asked}").page.main
    refused = custodians.office.audited("identity-refused")
    assert refused == [(custodians.decider.id, REFERENCE)]


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"reference": ""}, "reference", "请填登记号"),
        ({"reference": "8317"}, "reference", "登记号是8位数字"),
        ({"reference": "99999999"}, "reference", "没有这个登记号的实名举报"),
        ({"reference": "83172055"}, "reference", "没有这个登记号的实名举报"),
        ({"reference": "83172056"}, "reference", "没有这个登记号的实名举报"),
        ({"reason": " \n "}, "reason", "请写明理由"),
        ({"reason": "因" * 501}, "reason", "最多写500个字，您写了501个字"),
        ({"reason": "因\0为"}, "reason", "不能识别的字符"),
    ],
)
def test_a_request_that_does_not_hold_comes_back_with_what_was_typed(
    app: Flask, custodians: Custodians, *, typed: dict[str, str], field: str, reason: str
) -> None:
    custodians.named_report()
    custodians.named_report("83172055", named=False, who=None)
    custodians.named_report("83172056", registered=False)
    browser = at_work(app, custodians.asker, "/identities/new")
    data = {"reference": REFERENCE, "reason": REASON, **typed}
    token = browser.page.value("csrf_token")
    page = browser.post("/identities/new", {**data, "csrf_token": token}, status=422)
    assert reason in (page.error(field) or "")
    kept = {name: page.value(name).replace("\ufffd", "\0") for name in data}
    assert kept == {
        name: value.strip() if name == "reason" else value for name, value in data.items()
    }
    assert custodians.office.audited("identity-asked") == []


def test_a_second_request_for_the_same_case_is_told(
    app: Flask, custodians: Custodians, asked: str
) -> None:
    assert asked
    browser = at_work(app, custodians.other_asker, f"/identities/new?reference={REFERENCE}")
    page = browser.fill(reason=REASON, status=409)
    assert page.error("reference") == "这一件已经有请求，还没有处理完"
    assert page.value("reason") == REASON


@pytest.mark.parametrize("act", ["ask", "agree"])
def test_passphrase_and_code_are_asked_for_again(
    app: Flask, custodians: Custodians, asked: str, act: str
) -> None:
    custodians.named_report("83172055")
    who = custodians.asker if act == "ask" else custodians.decider
    address = "/identities/new" if act == "ask" else f"/identities/{asked}"
    browser = at_work(app, who)
    with custodians.house.database.writing() as session:
        then = datetime.now(UTC) - timedelta(minutes=6)
        session.execute(update(StaffSession).values(proven_at=then))
    browser.open(address)
    typed = {"reference": "83172055", "reason": REASON} if act == "ask" else {"password": ""}
    page = browser.fill(**typed, status=422)
    assert page.error("password") == "请再填一次口令和动态码"
    assert WHO.full_name not in page.text
    page = browser.fill(password=who.passphrase, code=who.code())
    assert ("等乙组处理" if act == "ask" else WHO.full_name) in page.main


def test_the_other_decider_does_not_see_it(app: Flask, custodians: Custodians, asked: str) -> None:
    agreed(custodians, asked)
    page = at_work(app, custodians.other_decider, f"/identities/{asked}").page
    assert WHO.full_name not in page.text
    assert "别人看不到" in page.main
    viewed = custodians.office.audited("identity-viewed")
    assert viewed == []


def test_a_damaged_name_is_said(app: Flask, custodians: Custodians, asked: str) -> None:
    custodians.office.damage(custodians.request(asked).identity_file or "")
    browser = at_work(app, custodians.decider, f"/identities/{asked}")
    assert "密封内容坏了" in browser.press("同意，现在打开", status=409).main
    custodians.long_ago(asked, WAITS)
    again = custodians.ask(custodians.named_report("83172055"), now=utcnow())
    agreed(custodians, again)
    custodians.office.damage(custodians.request(again).identity_file or "")
    assert "密封内容坏了" in browser.open(f"/identities/{again}").main


def test_without_the_groups_key_the_list_says_what_to_do(
    app: Flask, custodians: Custodians, asked: str
) -> None:
    custodians.office.take_keys_from(custodians.asker)
    browser = at_work(app, custodians.asker, "/identities")
    assert "您还没有本组的密钥" in browser.page.main
    assert "这一段打不开" in browser.open(f"/identities/{asked}").main
    custodians.named_report("83172055")
    browser.open("/identities/new")
    page = browser.fill(reference="83172055", reason=REASON, status=409)
    assert any("您没有本组的密钥" in error for error in page.errors)
