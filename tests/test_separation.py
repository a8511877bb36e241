"""What a process that serves one side has in memory: never the other, never stored private keys."""

import subprocess
import sys

import pytest

PUBLIC = [
    "import portal.public.app",
    "import portal.cli; portal.cli.main.get_command(None, 'public')",
]
DESK = [
    "import portal.desk.app",
    "import portal.cli; portal.cli.main.get_command(None, 'desk')",
]


def modules_after(statement: str) -> list[str]:
    """Return what a fresh interpreter has loaded after a statement."""
    program = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return run.stdout.splitlines()


@pytest.mark.parametrize("statement", PUBLIC)
def test_the_public_site_loads_no_desk_and_nothing_that_opens_stored_keys(statement):
    loaded = modules_after(statement)
    assert "portal.public.routes.filing" in loaded
    assert [name for name in loaded if name.startswith("portal.desk")] == []
    assert "portal.sealing.unseal" not in loaded
    assert "portal.sealing.password_box" not in loaded


@pytest.mark.parametrize("statement", DESK)
def test_the_desk_loads_no_public_site(statement):
    loaded = modules_after(statement)
    assert "portal.desk.routes.cases" in loaded
    assert [name for name in loaded if name.startswith("portal.public")] == []
