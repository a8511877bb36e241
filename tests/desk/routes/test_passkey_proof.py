"""A passkey vouches again for who is there, before people or keys are changed."""

from flask import Flask

from portal.desk.house import DeskHouse
from tests.desk.authenticator import Authenticator, answered, options_on
from tests.desk.routes.test_passkeys import acts, clerk, key, later, register
from tests.desk.staff import Colleague, sign_in
from tests.pages import Browser

__all__ = ["clerk", "key"]


def ask(browser: Browser, clerk: Colleague) -> None:
    """Come from the page that wants a proof, and give the passphrase."""
    browser.open("/account/recovery-codes")
    browser.click("先用通行密钥核对")
    browser.fill(password=clerk.passphrase)


def test_it_stands_for_the_code_and_leads_back(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    register(browser, key)
    later(house)
    ask(browser, clerk)
    page = answered(browser, key.answer)
    assert page.url == "/account/recovery-codes"
    assert "请再核对一次身份" not in page.text
    assert "备用码已经换成新的一套" in browser.press("换成这一套").text


def test_a_wrong_answer_proves_nothing_and_the_question_is_gone(
    app: Flask, clerk: Colleague, key: Authenticator, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    register(browser, key)
    later(house)
    ask(browser, clerk)
    form = {"csrf_token": browser.page.value("csrf_token")}
    right = key.answer(options_on(browser.page))
    page = answered(browser, Authenticator().answer, status=422)
    assert (page.error("password") or "").startswith("通行密钥没有通过")
    assert acts(house)[-1] == "proof-refused"
    browser.post("/account/proof/passkey", {**form, "answer": right})
    assert "请再核对一次身份" in browser.open("/account/recovery-codes").text


def test_without_a_passkey_or_with_a_wrong_passphrase_it_asks_for_nothing(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    later(house)
    for typed in (clerk.passphrase, "wrong"):
        browser.open("/account/proof")
        page = browser.fill(password=typed, status=422)
        assert page.error("password") == "口令不对，或者您还没有通行密钥"
        later(house)
    assert browser.open("/account/proof/passkey").url == "/account/proof"


def test_who_is_asked_after_too_many_tries_waits(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    browser = sign_in(app, clerk)
    browser.open("/account/proof?next=https://elsewhere.example/")
    for _try in range(2):
        page = browser.fill(password="wrong", status=422)
    assert "请等1秒" in (page.error("password") or "")
