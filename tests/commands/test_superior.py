"""`portal superior`: receipts are taken in while the portal runs."""

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.commands import demo
from portal.commands.lock import hold

WHOLE = demo.SETTINGS
RECEIPT = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def take_in(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path))
    (tmp_path / "portal.toml").write_text(WHOLE, encoding="utf-8")
    letter = tmp_path / "letter.txt"

    def take_in(text):
        letter.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["superior", "receipts", str(letter)])

    return take_in


def test_receipts_in_a_letter_are_left_for_the_running_site(take_in, tmp_path):
    with hold(tmp_path / "public"):
        answer = take_in(f"来件收悉：\n1. {RECEIPT}\n2. {RECEIPT[::-1]}\n1. {RECEIPT}\n")
    assert answer.exit_code == 0
    assert "2 receipts taken in" in answer.output
    (left,) = (tmp_path / "superior" / "receipts").iterdir()
    assert left.read_text(encoding="ascii").split() == sorted([RECEIPT, RECEIPT[::-1]])
    assert left.stat().st_mtime % 86_400 == 0


@pytest.mark.parametrize("text", ["", "没有收到", RECEIPT[:-1], RECEIPT + "0"])
def test_a_letter_without_a_receipt_is_refused(take_in, tmp_path, text):
    answer = take_in(text)
    assert answer.exit_code == 1
    assert "holds no receipt" in answer.output
    assert not (tmp_path / "superior").exists()


@pytest.mark.parametrize(
    ("sides", "folders"),
    [
        (["public"], ["superior"]),
        (["desk"], ["superior-desk"]),
        (["public", "desk"], ["superior", "superior-desk"]),
    ],
)
def test_each_side_of_this_host_gets_the_receipts(take_in, tmp_path, sides, folders):
    for side in sides:
        (tmp_path / side).mkdir()
    assert take_in(RECEIPT).exit_code == 0
    left = {path.parent.parent.name for path in tmp_path.glob("superior*/receipts/*.txt")}
    assert left == set(folders)


def test_what_waits_is_listed_of_both_sides(take_in, tmp_path):
    names = ["superior/0a1b2c3d-000001.age", "superior-desk/4e5f6a7b-000002.age"]
    for name in names:
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    listed = CliRunner().invoke(main, ["superior", "list"])
    assert listed.output.split() == names
