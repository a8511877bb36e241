"""Signing in and out at the desk in Chromium, as one of the demo's people."""

import pyotp
from playwright.sync_api import Page

from tests.running import RunningPortal


def sign_in(portal: RunningPortal, page: Page, name: str) -> None:
    """Sign in as one of the demo's people, with the code of this moment."""
    person = portal.people()[name]
    page.goto(portal.desk + "/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(person["password"])
    page.locator("[name=code]").fill(pyotp.TOTP(person["totp_secret"]).now())
    page.get_by_role("button", name="登录").click()


def sign_out(page: Page) -> None:
    """Sign out by the button of every page."""
    page.get_by_role("button", name="退出").click()
