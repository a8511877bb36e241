"""The suite; PostgreSQL's wheel wants a private runtime folder when it is imported."""

import os
import tempfile
from pathlib import Path

RUNTIME = Path(tempfile.gettempdir()) / f"portal-tests-{os.getuid()}"
RUNTIME.mkdir(mode=0o700, exist_ok=True)
os.environ["XDG_RUNTIME_DIR"] = str(RUNTIME)
