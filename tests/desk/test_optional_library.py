"""Without the extra `[webauthn]` the desk starts, and knows that it is not there."""

import subprocess
import sys

TRY = """
import sys
sys.modules["webauthn"] = None
import portal.desk.app
from portal.desk.domain import passkey_answers
print(passkey_answers.INSTALLED)
"""


def test_the_desk_loads_without_the_library_of_passkeys() -> None:
    run = subprocess.run([sys.executable, "-c", TRY], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == "False"
