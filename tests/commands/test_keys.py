"""`portal keys rotate`: over a real instance, with the root key that its operator took away."""

import re
from datetime import UTC, datetime
from threading import Event

import pytest

from portal.commands import desk, instance, manifests, public
from portal.config import load
from portal.desk.domain import ceremony, keys
from portal.desk.domain.roles import Role
from portal.desk.models.keys import Key
from portal.public.models.cases import Case
from portal.sealing.password_box import PasswordCost
from tests.desk.staff import Colleague, hire, own_key

CHEAP = PasswordCost(memory_kib=64, time=1)


def printed(output: str, key_id: str) -> str:
    found = re.search(rf"^  {key_id} +(.+)$", output, re.MULTILINE)
    assert found
    return found[1]


@pytest.fixture
def settings(made, folder):
    return load(folder, {})


@pytest.fixture
def desk_house(settings):
    house = desk.open_house(settings, Event())
    house.password_cost = CHEAP
    yield house
    house.database.dispose()


@pytest.fixture
def first_key(settings):
    return manifests.in_force(settings).recipients["intake"].key_id


@pytest.fixture
def clerks(made, settings, desk_house, first_key) -> list[Colleague]:
    """Two clerks who imported the first intake key from its paper."""
    staff = [hire(desk_house, name, Role.CLERK) for name in ("su.wan", "lin.tao")]
    words = printed(made, first_key)
    private = ceremony.read(desk_house.ceremony, first_key, words, desk_house.host_secret)
    now = datetime.now(UTC)
    with desk_house.database.writing() as session:
        for clerk in staff:
            keys.take_in(session, key_id=first_key, private=private, person_id=clerk.id, now=now)
    return staff


@pytest.fixture
def rotate(made, portal, folder):
    """Runs the command with the root key and its printed passphrase."""
    root, words = folder / "ceremony" / "root.pem", printed(made, "root")

    def run(*options: str, typed: str = words):
        arguments = ("keys", "rotate", "--root", str(root), *options)
        return portal(*arguments, input=f"{typed}\n")

    return run


def test_reports_are_sealed_to_a_key_that_the_same_clerks_hold(
    rotate, settings, desk_house, clerks, first_key
):
    now = datetime.now(UTC)
    assert desk_house.manifest.current(now).recipients["intake"].key_id == first_key
    answer = rotate()
    assert answer.exit_code == 0, answer.output
    in_force = desk_house.manifest.current(datetime.now(UTC))
    assert in_force.version == 2
    key_id, recipient = in_force.recipients["intake"]
    assert key_id != first_key
    for clerk in clerks:
        own = own_key(desk_house, clerk)
        with desk_house.database.reading() as session:
            held = keys.open_held(session, clerk.id, own)
        assert held[key_id].recipient == recipient
    with desk_house.database.reading() as session:
        assert keys.get(session, first_key).retired_on
        assert not keys.get(session, key_id).retired_on
    assert settings.instance.joinpath("manifest.json").stat().st_mode & 0o444


def test_spares_are_put_in_force_without_the_root_key(rotate, portal, desk_house, clerks):
    assert "2 spare keys" in rotate("--spares", "2").output
    for version in (3, 4):
        answer = portal("keys", "rotate")
        assert answer.exit_code == 0, answer.output
        in_force = desk_house.manifest.current(datetime.now(UTC))
        assert in_force.version == version
        with desk_house.database.reading() as session:
            key_id = in_force.recipients["intake"].key_id
            assert len(keys.holders(session, key_id)) == 2
    answer = portal("keys", "rotate")
    assert answer.exit_code == 1
    assert "No spare is left" in answer.output


def test_a_spare_of_before_a_signed_rotation_is_void(rotate, portal, settings, clerks):
    rotate("--spares", "1")
    rotate()
    assert portal("keys", "rotate").exit_code == 1
    assert manifests.in_force(settings).version == 3


def test_a_spare_that_somebody_changed_is_refused(rotate, portal, settings, clerks):
    rotate("--spares", "1")
    (spare,) = (settings.instance / "spares").iterdir()
    spare.write_bytes(spare.read_bytes().replace(b"intake", b"inteke"))
    assert "Tampered" in portal("keys", "rotate").output
    assert manifests.in_force(settings).version == 2


def test_nothing_is_rotated_while_too_few_hold_the_key(rotate, settings):
    answer = rotate()
    assert answer.exit_code == 1
    assert "Fewer than two people hold the present intake key" in answer.output
    assert manifests.in_force(settings).version == 1


@pytest.mark.parametrize("wrong", ["passphrase", "file", "root"])
def test_only_the_root_key_signs(rotate, settings, clerks, wrong):
    pem = settings.instance / "ceremony" / "root.pem"
    if wrong == "file":
        pem.write_bytes(b"nothing")
    elif wrong == "root":
        (settings.instance / "root.pub").write_text("00" * 32, encoding="ascii")
    answer = rotate(typed="ba ba ba") if wrong == "passphrase" else rotate()
    assert answer.exit_code == 1
    assert "root.pem" in answer.output or "manifest.json" in answer.output


def test_signing_without_the_root_key_is_refused(portal, made):
    assert "Signing takes --root" in portal("keys", "rotate", "--pepper").output


def test_two_generations_of_peppers_live_and_the_oldest_goes(rotate, settings):
    (first,) = instance.read_peppers(settings.public_folder)
    assert rotate("--pepper").exit_code == 0
    second, old = instance.read_peppers(settings.public_folder)
    assert old == first
    assert instance.read_peppers(settings.desk_folder) == [second, old]
    assert manifests.in_force(settings).peppers == (second.id, first.id)
    assert rotate("--pepper").exit_code == 0
    third, old = instance.read_peppers(settings.public_folder)
    assert old == second
    assert manifests.in_force(settings).peppers == (third.id, second.id)
    house = public.open_house(settings, Event())
    assert house.peppers == (third, second)
    house.database.dispose()


def test_a_pepper_that_codes_need_is_not_dropped_by_mistake(rotate, settings):
    (first,) = instance.read_peppers(settings.public_folder)
    rotate("--pepper")
    house = public.open_house(settings, Event())
    with house.database.writing() as session:
        today = datetime.now(UTC).date()
        session.add(
            Case(
                id="0" * 32,
                lookup_hash="0" * 64,
                pepper_id=first.id,
                reference="83172054",
                received_on=today,
                state="received",
                state_on=today,
                revision=0,
            )
        )
    house.database.dispose()
    answer = rotate("--pepper")
    assert answer.exit_code == 1
    assert f"1 tracking codes still need pepper {first.id}" in answer.output
    assert first in instance.read_peppers(settings.public_folder)
    assert rotate("--pepper", "--lose-codes").exit_code == 0
    assert first not in instance.read_peppers(settings.public_folder)


def test_an_instance_from_before_notices_gets_their_key(made, portal, settings, desk_house):
    assert "has a key for notices already" in portal("keys", "notices").output
    (settings.instance / "ceremony" / f"{instance.NOTICES}.key").unlink()
    with desk_house.database.writing() as session:
        session.delete(session.get_one(Key, instance.NOTICES))
    answer = portal("keys", "notices")
    assert answer.exit_code == 0, answer.output
    words = re.search(rf"{instance.NOTICES}  (.+)", answer.output)
    assert words
    private = ceremony.read(
        desk_house.ceremony, instance.NOTICES, words[1].strip(), desk_house.host_secret
    )
    with desk_house.database.reading() as session:
        known = keys.of_kind(session, keys.NOTICES)
    assert known == {instance.NOTICES: private.recipient}
