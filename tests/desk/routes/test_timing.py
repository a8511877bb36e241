"""A refused sign-in takes the same time for the name of a colleague and for any other."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.passkeys import Passkey
from portal.desk.models.people import Person
from tests.desk.authenticator import offer_passkeys
from tests.desk.staff import JOINED, hire
from tests.needs import need_time
from tests.pages import Browser
from tests.timing import COUNT, MOST, told_apart


def hire_many(house: DeskHouse, count: int) -> None:
    """Let many people be enrolled, each with a passkey, with one passphrase among them."""
    model = hire(house, "su.wan", Role.CLERK)
    with house.database.writing() as session:
        whole = session.scalars(select(Person).where(Person.id == model.id)).one()
        for number in range(count):
            session.add(
                Person(
                    id=f"{number:032x}",
                    name=f"staff{number:04}",
                    display_name="某人",
                    active=True,
                    enrolled_at=whole.enrolled_at,
                    recipient=whole.recipient,
                    wrapped_private=whole.wrapped_private,
                    totp_secret=whole.totp_secret,
                    last_totp_step=0,
                )
            )
        session.flush()
        for number in range(count):
            session.add(
                Passkey(
                    id=f"{number:064x}",
                    person_id=f"{number:032x}",
                    credential_id=b"-",
                    public_key=b"-",
                    sign_count=0,
                    name="-",
                    added_at=JOINED,
                )
            )


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey"])
@pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
def test_a_known_and_an_unknown_name_take_the_same_time(
    app: Flask, house: DeskHouse, path: str
) -> None:
    need_time("4,000 sign-ins")
    offer_passkeys(house)
    hire_many(house, 2 * COUNT)
    browser = Browser(app)
    token = browser.open("/sign-in").value("csrf_token")
    # A name that was tried and failed has to wait, so every try takes another one.
    tried = {"staff": 0, "other": 0}

    def asking(names: str) -> Callable[[int], None]:
        def ask(_number: int) -> None:
            data = {
                "csrf_token": token,
                "name": f"{names}{tried[names]:04}",
                "password": "correct horse battery",
                "code": "000000",
            }
            tried[names] += 1
            answer = browser.client.post(
                path,
                base_url=browser.origin,
                data=data,
                headers={"Origin": browser.origin, "Sec-Fetch-Site": "same-origin"},
            )
            assert answer.status_code == 422

        return ask

    assert told_apart(asking("staff"), asking("other")) <= MOST
