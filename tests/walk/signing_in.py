"""Comes to the desk as one of the demo's people, and leaves it."""

from collections.abc import Callable

import pyotp
from playwright.sync_api import Page

from tests.running import RunningPortal

Visit = Callable[[str, Page], None]


def sign_in(portal: RunningPortal, page: Page, name: str, desk: str = "") -> None:
    """Sign in as one of the demo's people, with the code of this moment; `desk` is its address."""
    person = portal.people()[name]
    page.goto((desk or portal.desk) + "/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(person["password"])
    page.locator("[name=code]").fill(pyotp.TOTP(person["totp_secret"]).now())
    page.get_by_role("button", name="登录").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
