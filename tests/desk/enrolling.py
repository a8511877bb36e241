"""Coming to the desk by a one-time link, page by page, as a person does."""

from datetime import UTC, datetime, timedelta

import pyotp
from flask import Flask

from tests.desk.staff import Colleague
from tests.page_parts import Page, words
from tests.pages import Browser


def copied(page: Page) -> tuple[str, str]:
    """Copy passphrase and secret from the page as a person does."""
    passphrase = " ".join(words(one) for one in page.find_all(class_="code__group"))
    return passphrase, words(page.find(class_="desk-secret")).replace(" ", "")


def code_of(secret: str, *, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=ahead))


def enrol(app: Flask, link: str, who: Colleague) -> Colleague:
    """Let a person enrol by a link; return them with what they know from now on."""
    browser = Browser(app)
    passphrase, secret = copied(browser.open(link))
    browser.fill(passphrase=passphrase, code=code_of(secret))
    used = {code_of(secret, ahead=-30), code_of(secret)}
    return Colleague(who.id, who.name, passphrase, secret, used)
