"""The recovery key of a real instance, on papers and back."""

import re

from tests.commands.test_keys import printed


def test_three_papers_open_what_is_sealed_to_the_recovery_key(made, portal, folder, tmp_path):
    key = folder / "ceremony" / "recovery.key"
    answer = portal("keys", "shares", str(key), input=printed(made, "recovery") + "\n")
    assert answer.exit_code == 0, answer.output
    papers = re.findall(r"^  ((?:[A-Z2-7]{4} ?)+)$", answer.output, re.MULTILINE)
    assert len(papers) == 5
    file = tmp_path / "restored.txt"
    typed = "".join(f"{paper}\n" for paper in (papers[4], papers[0], papers[2]))
    answer = portal("keys", "combine", str(file), input=typed)
    assert answer.exit_code == 0, answer.output
    assert file.read_text(encoding="ascii").startswith("AGE-SECRET-KEY-PQ-1")
    assert file.stat().st_mode & 0o077 == 0
    again = portal("keys", "combine", str(file), input=typed)
    assert "name a new file" in again.output


def test_a_wrong_paper_is_told(made, portal, tmp_path):
    answer = portal("keys", "combine", str(tmp_path / "new"), input="AAAA\nBBBB\nCCCC\n")
    assert answer.exit_code == 1
    assert "BadShare" in answer.output
    assert not (tmp_path / "new").exists()
