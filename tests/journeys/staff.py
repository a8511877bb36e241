"""What staff do in browsers: each person has one of their own and stays signed in."""

import time
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from portal.desk.domain.one_time_codes import STEP_SECONDS
from tests.running import RunningPortal, until

# A 1366×768 screen of an office at the usual 125 %.
SCREEN: ViewportSize = {"width": 1093, "height": 614}
SCALE = 1.25


class Staff:
    """The demo's people at one running desk."""

    def __init__(self, portal: RunningPortal, chromium: Browser) -> None:
        self.portal = portal
        self._chromium = chromium
        self._people: dict[str, dict[str, Any]] = portal.people()
        self._contexts: dict[str, BrowserContext] = {}
        self._used_steps: dict[str, int] = {}

    def page(self, name: str) -> Page:
        """Somebody's page, signed in and on the desk's first page."""
        if name not in self._contexts:
            self._contexts[name] = self.browser()
            self._contexts[name].new_page()
        (page,) = self._contexts[name].pages
        page.goto(self.portal.desk)
        if page.locator("[name=name]").count():
            self.sign_in(page, name, self.code(name))
        expect(page.locator("h1")).to_contain_text("今天要办的")
        return page

    def browser(self) -> BrowserContext:
        """A browser that knows nobody yet, without JavaScript."""
        return self._chromium.new_context(
            viewport=SCREEN, device_scale_factor=SCALE, java_script_enabled=False
        )

    def sign_in(self, page: Page, name: str, code: str) -> None:
        page.goto(f"{self.portal.desk}/sign-in")
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(self._people[name]["password"])
        page.locator("[name=code]").fill(code)
        page.get_by_role("button", name="登录").click()

    def code(self, name: str) -> str:
        """The next code that nobody used: each is good once, the next one a little early."""
        step = max(int(time.time()) // STEP_SECONDS, self._used_steps.get(name, 0) + 1)
        until(lambda: int(time.time()) // STEP_SECONDS + 1 >= step, seconds=2 * STEP_SECONDS)
        self._used_steps[name] = step
        return pyotp.TOTP(self._people[name]["totp_secret"]).generate_otp(step)

    def prove(self, page: Page, name: str) -> None:
        """Fill in passphrase and code again where the open page asks for them."""
        if page.locator("[name=password]").count():
            page.locator("[name=password]").fill(self._people[name]["password"])
            page.locator("[name=code]").fill(self.code(name))

    def learn(self, name: str, passphrase: str, secret: str) -> None:
        """Know from now on what somebody copied when enrolling anew."""
        known = {"password": passphrase, "totp_secret": secret}
        self._people[name] = {**self._people[name], **known}
        self._used_steps.pop(name, None)

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


def claim(page: Page, desk: str, reference: str) -> None:
    """Claim a report from the list and open it, as soon as it has crossed."""
    button = page.locator(f"form[action='/intake/{reference}/claim'] button")
    until(lambda: page.goto(f"{desk}/intake") and button.count() == 1)
    button.click()


def act(page: Page, label: str, words: str, *, link: str = "") -> None:
    """Write, look at the preview, save."""
    page.get_by_role("link", name=link or label, exact=True).click()
    page.locator("[name=text]").fill(words)
    page.get_by_role("button", name="先看看反映人会看到什么").click()
    expect(page.locator(".desk-preview")).to_contain_text(words.split("\n", maxsplit=1)[0])
    page.get_by_role("button", name=f"保存：{label}").click()
    expect(page.locator("main")).to_contain_text("接下来")


def open_words(page: Page, desk: str, reference: str, words: str) -> None:
    """Open what the citizen wrote, as soon as it has crossed; read it."""
    button = page.get_by_role("button", name="打开新写的")
    until(lambda: page.goto(f"{desk}/cases/{reference}") and button.count() == 1)
    button.click()
    expect(page.locator("main")).to_contain_text(words)


def see_that_it_was_rated(page: Page, desk: str, reference: str) -> None:
    """Whoever handles the case sees that it was rated, and nothing of what was chosen."""
    main = page.locator("main")
    until(lambda: page.goto(f"{desk}/cases/{reference}") and "已评价" in main.inner_text())
    for chosen in ("不满意", "部分解决"):
        expect(main).not_to_contain_text(chosen)
