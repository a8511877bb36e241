"""Named or anonymous: what is asked, what is kept, and what is dropped and said so."""

import pytest

from portal.public.forms.identity import CONTACT_NOTE_MOST, FULL_NAME_MOST, PHONE_MOST
from portal.public.models.drafts import Draft
from portal.sealing.content import NamedReporter
from portal.sealing.seal import seal_identity
from portal.sealing.unseal import open_identity, open_identity_layer, open_report
from tests.pages import Browser
from tests.public.stories import code_on, file_report, outgoing, rows, write_report

NAME = "欧阳青禾"
WHO = {
    "full_name": NAME,
    "phone": "（0990）１２３８８００ 转 12",
    "call_me": "yes",
    "contact_note": "晚上7点以后。\n不要打到单位。",
}
NORMAL = "0990-1238800转12"
DROPPED = "您选了匿名，填写的姓名和电话没有保存。想留下，请改选实名"
# The character that takes the most bytes where an identity is written down.
WIDEST = "\u0001"


def name_oneself(visitor, **who):
    """Answer the identity page of a report that is otherwise whole; return the next page."""
    write_report(visitor)
    visitor.open("/report/identity?back=check")
    return visitor.fill(mode="named", **{**WHO, **who})


def file_it(visitor):
    visitor.fill(last_group=code_on(visitor.page)[-4:], declare=True)
    assert visitor.page.h1 == "已收到"


def opened_identity(house, keyring, number=-1):
    inner = open_identity_layer(
        outgoing(house)[number].parts["identity"], [keyring.identities["custodian_a"]]
    )
    return open_identity(inner, [keyring.identities["custodian_b"]])


def test_the_page_explains_both_and_who_can_open_a_name(visitor):
    page = visitor.open("/report/identity")
    assert "提倡实名，匿名同样受理" in page.main
    assert "收到后15个工作日内告知是否受理，办结后15个工作日内反馈结果" in page.main
    assert "要两名专门人员同时同意、写明理由才能打开" in page.main
    assert "另一个组的人同意，只能看10分钟" in page.main
    assert page.value("mode") == page.value("call_me") == ""


def test_a_named_report_shows_what_will_be_sealed_and_a_way_to_change_it(visitor, house, keyring):
    page = name_oneself(visitor)
    shown = [NAME, NORMAL, "可以打电话找我", "晚上7点以后。 不要打到单位。", "实名"]
    assert [words for words in shown if words not in page.main] == []
    assert page.links["更改您的电话"] == "/report/identity?back=check"
    file_it(visitor)
    reporter = NamedReporter(NAME, NORMAL, call_me=True, contact_note=WHO["contact_note"])
    assert opened_identity(house, keyring) == reporter.to_fields()
    content = open_report(outgoing(house)[0].parts["content"], [keyring.identities["intake"]])
    assert content.named


def test_no_call_is_made_to_who_did_not_ask_for_one(visitor, house, keyring):
    write_report(visitor)
    visitor.open("/report/identity?back=check")
    page = visitor.fill(mode="named", full_name=NAME, phone="13900000000")
    assert "没有选，我们不打" in page.main
    file_it(visitor)
    assert opened_identity(house, keyring)["call_me"] == "no"


def test_the_identity_has_one_size_whoever_reports(site, house):
    longest = {"full_name": "𠮷" * FULL_NAME_MOST, "contact_note": '"' * CONTACT_NOTE_MOST}
    for who in (WHO, longest):
        visitor = Browser(site)
        name_oneself(visitor, **who)
        file_it(visitor)
    visitor = Browser(site)
    write_report(visitor)
    file_it(visitor)
    sizes = [len(message.parts["identity"]) for message in outgoing(house)]
    assert len(sizes) == 3
    assert len(set(sizes)) == 1


def test_whatever_is_typed_within_the_limits_fits_into_the_one_size(keyring, now):
    phone = "0" * PHONE_MOST + "转123456"
    widest = NamedReporter(
        WIDEST * FULL_NAME_MOST, phone, call_me=True, contact_note=WIDEST * CONTACT_NOTE_MOST
    )
    manifest = keyring.manifest(now)
    sealed = seal_identity(widest.to_fields(), manifest)
    assert len(sealed) == len(seal_identity(None, manifest))


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("full_name", "", "选了实名，请写姓名（或单位名称）和电话；不想写，请改选匿名"),
        ("full_name", " 　", "选了实名，请写姓名（或单位名称）和电话"),
        ("full_name", "青" * 101, "最多写100个字，您写了101个字"),
        ("full_name", "青\0禾", "不能识别的字符"),
        ("phone", "", "选了实名，请写电话；不想写，请改选匿名"),
        ("phone", "1238800", "固定电话要加区号，例如 0000-1234567"),
        ("phone", "1" * 41, "最多写40个字，您写了41个字"),
        ("phone", "139\0", "不能识别的字符"),
        ("call_me", "perhaps", "请从下面选一个"),
        ("contact_note", "晚" * 301, "最多写300个字，您写了301个字"),
        ("contact_note", "晚\0上", "不能识别的字符"),
    ],
)
def test_a_refused_name_comes_back_with_the_reason_and_everything_typed(
    visitor, house, field, typed, reason
):
    token = visitor.open("/report/identity").value("csrf_token")
    data = {**WHO, "mode": "named", field: typed, "csrf_token": token}
    page = visitor.post("/report/identity", data, status=422)
    assert reason in (page.error(field) or "")
    kept = {name: page.value(name).replace("\ufffd", "\0") for name in ("mode", *WHO)}
    wanted = {name: data[name] for name in kept}
    assert kept == {**wanted, "call_me": "" if field == "call_me" else "yes"}
    assert rows(house, Draft) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"full_name": NAME},
        {"phone": "1390000"},
        {"contact_note": "晚" * 400},
        {"call_me": "yes"},
        {"full_name": "青\0禾"},
    ],
)
def test_what_an_anonymous_reporter_typed_is_dropped_and_said(visitor, house, keyring, typed):
    token = write_report(visitor).value("csrf_token")
    data = {"mode": "anonymous", **typed, "csrf_token": token}
    page = visitor.post("/report/identity?back=check", data)
    assert page.url == "/report/check"
    assert DROPPED in page.main
    assert "实名还是匿名 匿名" in page.main
    again = visitor.open("/report/identity")
    assert [again.value(name) for name in WHO] == ["", "", "", ""]
    visitor.open("/report/check")
    file_it(visitor)
    assert opened_identity(house, keyring) is None


def test_a_name_that_was_kept_is_dropped_when_anonymous_is_chosen_later(visitor):
    name_oneself(visitor)
    visitor.open("/report/identity?back=check")
    page = visitor.fill(mode="anonymous")
    assert DROPPED in page.main
    assert NAME not in page.text
    assert visitor.open("/report/identity").value("full_name") == ""


def test_nothing_is_said_when_nothing_was_typed_or_a_name_was_kept_after_all(visitor):
    assert "没有保存" not in write_report(visitor).main
    visitor.open("/report/identity?back=check")
    assert DROPPED in visitor.fill(mode="anonymous", full_name=NAME).main
    visitor.open("/report/identity?back=check")
    assert "没有保存" not in visitor.fill(mode="named", **WHO).main


def test_who_is_named_gets_no_hint_about_what_tells_who_wrote(visitor):
    page = write_report(visitor, "我是青石村的会计，有人每年多报三户低保。")
    assert "有可能让人认出您" in page.main
    visitor.open("/report/identity?back=check")
    assert "有可能让人认出您" not in visitor.fill(mode="named", **WHO).main


def test_a_helper_is_asked_for_the_reporters_own_name(visitor):
    visitor.open("/report")
    visitor.press("帮别人填")
    page = visitor.open("/report/identity")
    assert "他本人的姓名，或者单位名称" in page.main
    assert "由他自己定，不要替他选" in page.main
    assert "您的姓名" not in page.main
    page = name_oneself(visitor)
    assert page.links["更改他的电话"] == "/report/identity?back=check"


def test_a_name_that_comes_after_filing_is_shown_in_words_and_not_kept(visitor, house):
    write_report(visitor)
    old = visitor.open("/report/identity")
    file_report(visitor)
    data = {**WHO, "mode": "named", "csrf_token": old.value("csrf_token")}
    page = visitor.post("/report/identity", data, status=409)
    for words in (NAME, "实名", "可以打电话找我"):
        assert words in page.main
    assert "named" not in page.main
    assert house.drafts.names() == set()
