"""A passkey in Chromium: its virtual authenticator is registered, and then opens the desk."""

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.running import RunningPortal

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NAME = "办公室的小钥匙"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A clerk's screen; passkeys are the one thing at the desk that needs JavaScript."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.fixture
def portal(start) -> RunningPortal:
    running: RunningPortal = start()
    return running


@pytest.fixture
def desk(portal: RunningPortal) -> str:
    """The address of the demo's desk at which a browser offers passkeys."""
    return f"http://localhost:{portal.desk_port}"


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """Plug a virtual authenticator into the page's browser."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, added["authenticatorId"]


def fill_in(page: Page, portal: RunningPortal, desk: str, name: str) -> str:
    """Type name and passphrase; return the secret of the phone."""
    person = portal.people()[name]
    page.goto(f"{desk}/sign-in")
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(person["password"])
    return str(person["totp_secret"])


def sign_in(page: Page, portal: RunningPortal, desk: str, name: str = "fangxiaoxi") -> None:
    secret = fill_in(page, portal, desk, name)
    page.locator("[name=code]").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def register(page: Page, desk: str) -> None:
    page.goto(f"{desk}/account")
    page.get_by_role("link", name="通行密钥").click()
    page.get_by_role("link", name="登记一把通行密钥").click()
    page.locator("[name=name]").fill(NAME)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("h1")).to_have_text(f"登记“{NAME}”")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("通行密钥登记好了")
    expect(page.get_by_role("table")).to_contain_text(NAME)


@pytest.mark.journey
def test_a_passkey_is_registered_opens_the_desk_and_is_removed(
    portal: RunningPortal, desk: str, page: Page
) -> None:
    session, authenticator = plug_in(page)
    sign_in(page, portal, desk)
    register(page, desk)
    page.get_by_role("button", name="退出").click()

    fill_in(page, portal, desk, "fangxiaoxi")
    page.get_by_role("button", name="不填动态码，用通行密钥").click()
    expect(page.locator("h1")).to_have_text("再用通行密钥核对一次")
    expect(page.get_by_text("这个浏览器用不了通行密钥")).to_be_hidden()

    # A finger that the key does not know leaves everything as it is, and may be tried again.
    finger = {"authenticatorId": authenticator, "isUserVerified": False}
    session.send("WebAuthn.setUserVerified", finger)
    page.get_by_role("button", name="用通行密钥核对").click()
    expect(page.get_by_role("alert")).to_contain_text("没有完成", timeout=20_000)
    session.send("WebAuthn.setUserVerified", {**finger, "isUserVerified": True})
    page.get_by_role("button", name="用通行密钥核对").click()
    expect(page.locator("h1")).to_contain_text("今天要办的")

    page.goto(f"{desk}/account/passkeys")
    expect(page.get_by_role("table")).not_to_contain_text("还没有用过")
    page.get_by_role("link", name="删掉").click()
    page.get_by_role("button", name="删掉").click()
    expect(page.locator("main")).to_contain_text("还没有登记")


@pytest.mark.journey
def test_a_copied_key_that_counts_from_before_is_refused(
    portal: RunningPortal, desk: str, page: Page
) -> None:
    session, authenticator = plug_in(page)
    sign_in(page, portal, desk)
    register(page, desk)
    found = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})
    (credential,) = found["credentials"]
    for count, heading in ((40, "今天要办的"), (7, "登录办公台")):
        page.get_by_role("button", name="退出").click()
        session.send(
            "WebAuthn.removeCredential",
            {"authenticatorId": authenticator, "credentialId": credential["credentialId"]},
        )
        session.send(
            "WebAuthn.addCredential",
            {"authenticatorId": authenticator, "credential": {**credential, "signCount": count}},
        )
        fill_in(page, portal, desk, "fangxiaoxi")
        page.get_by_role("button", name="不填动态码，用通行密钥").click()
        page.get_by_role("button", name="用通行密钥核对").click()
        expect(page.locator("h1")).to_contain_text(heading)
    expect(page.locator(".govuk-error-summary")).to_contain_text("通行密钥没有通过")


@pytest.mark.journey
def test_at_an_ip_address_the_page_says_where_passkeys_work_and_codes_do(
    portal: RunningPortal, desk: str, page: Page
) -> None:
    sign_in(page, portal, portal.desk)
    page.goto(f"{portal.desk}/account/passkeys")
    expect(page.locator("main")).to_contain_text(f"请改从 {desk} 登录")
    expect(page.get_by_role("link", name="登记一把通行密钥")).to_have_count(0)
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("button", name="不填动态码，用通行密钥")).to_have_count(0)
