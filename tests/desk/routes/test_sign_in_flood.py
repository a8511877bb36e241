"""Too many strangers at the door: a quick no, nothing counted, and work inside goes on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.sessions import SignInAttempts, StaffSession
from portal.slots import Slots
from tests.desk.authenticator import offer_passkeys
from tests.desk.refused import refused
from tests.desk.staff import Colleague, hire, sign_in
from tests.pages import Browser


@pytest.fixture
def clerk(house: DeskHouse) -> Colleague:
    return hire(house, "su.wan", Role.CLERK, display_name="苏晚")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey"])
def test_a_full_queue_says_so_at_once_and_counts_no_try(
    app: Flask, house: DeskHouse, clerk: Colleague, path: str
) -> None:
    offer_passkeys(house)
    house.sign_in_slots = Slots(at_once=1, queue=0)
    browser = Browser(app)
    token = browser.open("/sign-in").value("csrf_token")
    typed = {"name": clerk.name, "password": clerk.passphrase, "code": clerk.code()}
    with house.sign_in_slots.taken():
        page = browser.post(path, {"csrf_token": token, **typed}, status=503)
    assert "请等几秒" in (page.error("password") or "")
    assert (page.value("name"), page.value("password")) == (clerk.name, "")
    with house.database.reading() as session:
        assert session.scalars(select(SignInAttempts)).all() == []
    assert refused(house) == 0
    page = browser.fill(name=clerk.name, password=clerk.passphrase, code=clerk.code())
    assert page.h1 != "登录办公台"


def test_whoever_is_inside_proves_who_it_is_past_the_queue(app: Flask, house: DeskHouse) -> None:
    keeper = hire(house, "lu.ning", Role.SECURITY_ADMINISTRATOR, display_name="陆宁")
    browser = sign_in(app, keeper)
    with house.database.writing() as session:
        before = session.scalars(select(StaffSession.proven_at)).one() - timedelta(hours=1)
        session.execute(update(StaffSession).values(proven_at=before))
    house.sign_in_slots = Slots(at_once=1, queue=0)
    browser.open("/account/recovery-codes")
    with house.sign_in_slots.taken():
        page = browser.fill(password=keeper.passphrase, code=keeper.code())
    assert page.url == "/account?said=codes"
