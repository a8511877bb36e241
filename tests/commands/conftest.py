"""A real instance, as `portal init` makes it, and the command to work on it."""

import shutil

import pytest
from click.testing import CliRunner

from portal.cli import main


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "instance"


@pytest.fixture
def portal(folder, monkeypatch):
    monkeypatch.setenv("PORTAL_INSTANCE", str(folder))
    runner = CliRunner()
    return lambda *arguments, **more: runner.invoke(main, arguments, **more)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """An instance whose operator filled in what was asked for, and what making it printed."""
    folder = tmp_path_factory.mktemp("made") / "instance"
    environment = {"PORTAL_INSTANCE": str(folder)}
    CliRunner().invoke(main, ["init"], env=environment)
    template = (folder / "portal.toml").read_text(encoding="utf-8")
    filled = template.replace('tls_terminator = ""', 'tls_terminator = "ours"')
    (folder / "portal.toml").write_text(filled.replace('""', '"某处"'), encoding="utf-8")
    answer = CliRunner().invoke(main, ["init"], env=environment)
    assert answer.exit_code == 0, answer.output
    return folder, answer.output


@pytest.fixture
def made(made_once, folder):
    """A copy of that instance for one test."""
    original, output = made_once
    shutil.copytree(original, folder)
    return output
