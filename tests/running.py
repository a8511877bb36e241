"""A real portal on loopback: its processes, its addresses, and ways to stop and to kill them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 40


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(happened: Callable[[], object], seconds: float = 20) -> None:
    """Try again and again until it happened."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.3)


@dataclass
class RunningPortal:
    """`portal serve` over an instance folder, with its log in a file."""

    instance: Path
    more: dict[str, str] = field(default_factory=dict)
    public_port: int = field(default_factory=free_port)
    desk_port: int = field(default_factory=free_port)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes are told."""
        return {
            **os.environ,
            "PORTAL_INSTANCE": str(self.instance),
            "PORTAL_PUBLIC_BIND": f"127.0.0.1:{self.public_port}",
            "PORTAL_DESK_BIND": f"127.0.0.1:{self.desk_port}",
            "PORTAL_EXCHANGE_JITTER_SECONDS": "0",
            "PORTAL_EXCHANGE_INTERVAL_SECONDS": "1",
            **self.more,
        }

    @property
    def public(self) -> str:
        """Address of the public site."""
        return f"http://127.0.0.1:{self.public_port}"

    @property
    def desk(self) -> str:
        """Address of the desk."""
        return f"http://127.0.0.1:{self.desk_port}"

    @property
    def log(self) -> str:
        """What the processes wrote."""
        return (self.instance / "serve.log").read_text(encoding="utf-8")

    def command(self, *arguments: str) -> str:
        """Run a `portal` command on this instance and return its output."""
        run = subprocess.run(
            [sys.executable, "-m", "portal", *arguments],
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return run.stdout

    def people(self) -> dict[str, dict[str, Any]]:
        """Return the demo's people with their passphrases and secrets, by name."""
        kept = (self.instance / "demo" / "people.json").read_text(encoding="utf-8")
        return {person["name"]: person for person in json.loads(kept)}

    def start(self) -> "RunningPortal":
        """Start both sides and wait until they answer."""
        with (self.instance / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal", "serve"],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.wait_until_serving()
        return self

    def wait_until_serving(self) -> None:
        """Wait until both sides answer."""
        began = time.monotonic()
        while not (self.answers(self.public) and self.answers(self.desk)):
            if time.monotonic() - began > START_SECONDS:
                raise AssertionError(f"the portal does not answer:\n{self.log}")
            time.sleep(0.05)

    def answers(self, address: str) -> bool:
        """Tell whether a side says that it is well."""
        try:
            with urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310 — our own address
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def pid(self, side: str) -> int:
        """Return the process that serves one side."""
        return int((self.instance / side / "lock").read_text(encoding="ascii"))

    def kill(self, side: str) -> None:
        """Kill one side's process, as the kernel would when memory is short."""
        os.kill(self.pid(side), signal.SIGKILL)

    def stop(self) -> int:
        """Stop gently; return the exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=40)
