"""`portal lockdown` over both applications of one instance, which go on running."""

from threading import Event

import pytest
from sqlalchemy import select

from portal.commands import desk, public
from portal.config import load
from portal.desk.app import create_app as create_desk
from portal.desk.domain.roles import Role
from portal.desk.models.audit import AuditEntry
from portal.public.app import create_app as create_public
from portal.sealing.password_box import PasswordCost
from tests.desk.staff import hire, sign_in
from tests.pages import Browser

CHEAP = PasswordCost(memory_kib=64, time=1)


@pytest.fixture
def desk_house(made, folder):
    house = desk.open_house(load(folder, {}), Event())
    house.password_cost = CHEAP
    yield house
    house.database.dispose()


@pytest.fixture
def public_house(made, folder):
    house = public.open_house(load(folder, {}), Event())
    yield house
    house.database.dispose()


def test_both_sites_close_and_open_while_they_run(portal, desk_house, public_house):
    clerk = hire(desk_house, "su.wan", Role.CLERK)
    visitor = Browser(create_public(public_house))
    app = create_desk(desk_house)
    staff = sign_in(app, clerk)
    assert visitor.open("/report").h1
    answer = portal("lockdown")
    assert answer.exit_code == 0
    assert "Every session of staff has ended" in answer.output
    visitor.open("/report", status=503)
    staff.open("/", status=503)
    Browser(app).open("/sign-in", status=503)
    assert "red     A lockdown is in force" in portal("check").output
    assert portal("lockdown").exit_code == 0
    assert portal("lockdown", "--lift").exit_code == 0
    assert visitor.open("/report").h1
    assert staff.open("/").h1 == "登录办公台"
    assert sign_in(app, clerk).open("/cases").h1
    with desk_house.database.reading() as session:
        acts = list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.n)))
    assert [act for act in acts if act.startswith("lock")] == [
        "lockdown",
        "lockdown",
        "lockdown-lifted",
    ]


def test_a_desk_database_in_trouble_delays_nothing(portal, made, folder):
    (folder / "desk" / "portal.db").write_bytes(b"no database at all" * 100)
    answer = portal("lockdown")
    assert answer.exit_code == 0
    assert "The desk's database does not answer" in answer.output
    assert (folder / "lockdown").exists()
    again = portal("lockdown", "--lift")
    assert again.exit_code == 1
    assert "The lockdown stays" in again.output
    assert (folder / "lockdown").exists()


def test_on_a_host_without_the_desk_the_file_is_enough(portal, made, folder):
    (folder / "desk" / "portal.db").unlink()
    assert portal("lockdown").exit_code == 0
    assert (folder / "lockdown").exists()
    assert portal("lockdown", "--lift").exit_code == 0
    assert not (folder / "lockdown").exists()


def test_there_is_nothing_to_lift(portal, made):
    answer = portal("lockdown", "--lift")
    assert answer.exit_code == 1
    assert "No lockdown is in force" in answer.output
