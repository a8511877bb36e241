"""age-encryption and the vectors of cctv-age, through Node: `npm ci` in tests/sealing/interop."""

import base64
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.needs import need

FOLDER = Path(__file__).parent / "interop"
OLDEST_NODE = (20, 19)


def need_node() -> None:
    need(_node_version() >= OLDEST_NODE, "Node 20.19 or newer is not installed")
    need((FOLDER / "node_modules").is_dir(), "run `npm ci` in tests/sealing/interop first")


def node(command: str, argument: str = "", data: bytes = b"") -> bytes:
    arguments = ["node", "age.mjs", command, argument]
    return subprocess.run(arguments, cwd=FOLDER, input=data, capture_output=True, check=True).stdout


def vectors() -> dict[str, bytes]:
    files = json.loads(node("vectors"))
    return {name: base64.b64decode(data) for name, data in files.items()}


@cache
def _node_version() -> tuple[int, ...]:
    if shutil.which("node") is None:
        return (0,)
    printed = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return tuple(int(part) for part in re.findall(r"\d+", printed.stdout))
