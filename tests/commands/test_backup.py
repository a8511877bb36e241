"""Copying a side and putting it back: never over anything, never while it runs."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from portal.cli import main
from portal.commands import lock
from portal.config import load
from portal.database import Database
from portal.desk.domain import changes, enrolment, sessions
from portal.desk.models.audit import AuditEntry
from portal.desk.models.changes import PendingChange
from portal.desk.models.people import Person
from portal.exchange.kinds import Restored
from portal.exchange.tables import Outgoing, Stream
from portal.reference.days import utcnow
from portal.sealing.keys import Identity
from tests.running import RunningPortal


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo county that nobody serves."""
    portal = RunningPortal(tmp_path_factory.mktemp("demo") / "instance")
    portal.command("demo", "make")
    return portal.instance


@pytest.fixture
def instance(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that county, which commands work on."""
    shutil.copytree(made, tmp_path / "instance")
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def sealed_files(side: Path) -> set[Path]:
    return {path.relative_to(side) for path in side.rglob("*.sealed")}


def test_a_side_comes_back_whole_and_asks_in_a_new_stream(instance: Path, tmp_path: Path):
    desk = instance / "desk"
    files, stream = sealed_files(desk), own_stream(instance)
    assert run("backup", "desk", tmp_path / "copy").exit_code == 0
    lose(instance)
    answer = run("restore", "desk", tmp_path / "copy")
    assert answer.exit_code == 0, answer.output
    assert files <= sealed_files(desk)
    assert own_stream(instance) != stream
    database = Database(load(instance, {}).desk_database)
    with database.reading() as session:
        kinds = list(session.scalars(select(Outgoing.kind)))
    database.dispose()
    assert Restored.KIND in kinds


def lose(instance: Path) -> None:
    """The desk's rows and sealed files are gone."""
    desk = instance / "desk"
    for path in (desk / "portal.db", desk / "portal.db-wal", desk / "portal.db-shm"):
        path.unlink(missing_ok=True)
    for store in ("items", "exchange"):
        shutil.rmtree(desk / store, ignore_errors=True)


def test_no_door_of_the_day_of_the_backup_opens_again(instance: Path, tmp_path: Path):
    database, now = Database(load(instance, {}).desk_database), utcnow()
    with database.writing() as session:
        person = session.scalars(select(Person).order_by(Person.name).limit(1)).one()
        token = enrolment.issue(session, person, by=None, now=now)
        cookie = sessions.begin(session, person.id, Identity.generate(), now=now)
        session.add(
            PendingChange(
                id="0" * 32,
                kind="let-go",
                person_id=person.id,
                name="",
                display_name="",
                roles="",
                proposed_by=person.id,
                proposed_at=now,
            )
        )
    database.dispose()
    run("backup", "desk", tmp_path / "copy")
    lose(instance)
    answer = run("restore", "desk", tmp_path / "copy")
    assert "whoever was let go since then can sign in" in answer.output
    database = Database(load(instance, {}).desk_database)
    with database.reading() as session:
        with pytest.raises(enrolment.BadLink):
            enrolment.find(session, token, now=now)
        with pytest.raises(sessions.NotSignedIn):
            sessions.find(session, cookie, now=now)
        assert changes.waiting(session, now=now) == []
        newest = session.scalars(select(AuditEntry).order_by(AuditEntry.n.desc()).limit(1)).one()
        assert newest.act == "desk-restored"
    database.dispose()


def test_keys_are_in_no_backup(instance: Path, tmp_path: Path):
    run("backup", "desk", tmp_path / "copy")
    run("backup", "public", tmp_path / "other")
    names = {path.name for path in tmp_path.glob("*/*") if path.parent.name in {"copy", "other"}}
    assert names <= {"portal.db", "items", "exchange", "drafts", "superior"}


def test_a_folder_that_is_there_is_not_written_into(instance: Path, tmp_path: Path):
    answer = run("backup", "public", tmp_path)
    assert answer.exit_code == 1
    assert "name a new folder" in answer.output


def test_nothing_that_is_there_is_replaced(instance: Path, tmp_path: Path):
    run("backup", "public", tmp_path / "copy")
    answer = run("restore", "public", tmp_path / "copy")
    assert answer.exit_code == 1
    assert "nothing is replaced" in answer.output


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_side_that_runs_is_left_alone(instance: Path, tmp_path: Path, command: str):
    (tmp_path / "copy").mkdir()
    with lock.hold(instance / "desk"):
        answer = run(command, "desk", tmp_path / ("copy" if command == "restore" else "new"))
    assert answer.exit_code == 1
    assert "portal is running" in answer.output


def test_a_database_elsewhere_must_be_dumped_first(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PORTAL_DESK_DATABASE", "postgresql+psycopg://desk@localhost/desk")
    answer = run("backup", "desk", tmp_path / "copy")
    assert answer.exit_code == 1
    assert "--database-apart" in answer.output
    assert not (tmp_path / "copy").exists()


def own_stream(instance: Path) -> str | None:
    database = Database(load(instance, {}).desk_database)
    with database.reading() as session:
        epoch = session.scalar(select(Stream.epoch))
    database.dispose()
    return epoch
