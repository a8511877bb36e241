"""One's own account: a new passphrase, the same keys."""

import pytest
from flask import Flask

from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from tests.desk.staff import Colleague, hire, make_key, sign_in
from tests.page_parts import words
from tests.pages import Browser


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


def drawn(browser: Browser) -> str:
    return " ".join(words(one) for one in browser.page.find_all(class_="code__group"))


def test_a_new_passphrase_opens_the_same_keys(
    app: Flask, clerk: Colleague, house: DeskHouse
) -> None:
    make_key(house, "office-1", "office", [clerk])
    elsewhere, browser = sign_in(app, clerk), sign_in(app, clerk)
    browser.click("改口令")
    old, clerk.passphrase = clerk.passphrase, drawn(browser)
    page = browser.fill(passphrase=drawn(browser), password=old, code=clerk.code())
    assert "口令已经改好" in page.text
    assert elsewhere.open("/account").h1 == "登录办公台"
    assert "苏晚（您）" in browser.open("/keys").text


def test_the_old_passphrase_is_good_no_more(app: Flask, clerk: Colleague) -> None:
    browser = sign_in(app, clerk)
    browser.click("改口令")
    new = drawn(browser)
    browser.fill(passphrase=new, password=clerk.passphrase, code=clerk.code())
    browser.press("退出")
    browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code(), status=422)


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"passphrase": "ba ba ba"}, "passphrase", "和上面的新口令不一样，请对着再看一遍"),
        ({"passphrase": ""}, "passphrase", "请把抄下的新口令填一遍"),
        ({"password": "wrong"}, "password", "登录名、口令或动态码不对"),
        ({"code": "000000"}, "password", "登录名、口令或动态码不对"),
        ({"code": ""}, "code", "请填动态码"),
    ],
)
def test_nothing_changes_after_a_mistake(
    app: Flask, clerk: Colleague, wrong: dict[str, str], field: str, said: str
) -> None:
    browser = sign_in(app, clerk)
    browser.click("改口令")
    shown = drawn(browser)
    given = {"passphrase": shown, "password": clerk.passphrase, "code": clerk.code(), **wrong}
    page = browser.fill(**given, status=422)
    assert (page.error(field) or "").startswith(said)
    assert drawn(browser) == shown


def test_who_guesses_the_old_passphrase_here_is_delayed_too(app: Flask, clerk: Colleague) -> None:
    browser = sign_in(app, clerk)
    browser.click("改口令")
    for _try in range(2):
        page = browser.fill(passphrase=drawn(browser), password="wrong", code="123456", status=422)
    assert "请等1秒" in (page.error("password") or "")
