"""A running portal of an invented county, and Chromium without JavaScript."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.staff import Staff
from tests.needs import need
from tests.running import RunningPortal

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    need(condition=CHROMIUM is not None, reason="Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A demo county that stories copy, made once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker_id == "master" else folder.parent
    portal = RunningPortal(shared / "demo" / "instance")
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not portal.instance.exists():
            portal.command("demo", "make")
    return portal.instance


@pytest.fixture(scope="session")
def town(
    demo_instance: Path, tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[Staff]:
    """The staff of one county that many stories share, so each finds its own report by number."""
    folder = tmp_path_factory.mktemp("town") / "instance"
    shutil.copytree(demo_instance, folder)
    portal = RunningPortal(folder).start()
    staff = Staff(portal, chromium)
    yield staff
    staff.close()
    assert portal.stop() == 0


@pytest.fixture
def start(demo_instance: Path, tmp_path: Path):
    """Start a portal over a copy of the demo county, told more through the environment."""
    started: list[RunningPortal] = []

    def begin(**more: str) -> RunningPortal:
        shutil.copytree(demo_instance, tmp_path / "instance")
        portal = RunningPortal(tmp_path / "instance", more).start()
        started.append(portal)
        return portal

    yield begin
    for portal in started:
        assert portal.stop() == 0


@pytest.fixture
def citizen_page(chromium: Browser) -> Iterator[Page]:
    """A cheap phone without JavaScript."""
    context = chromium.new_context(
        viewport={"width": 375, "height": 667}, java_script_enabled=False, ignore_https_errors=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def clerk_page(chromium: Browser) -> Iterator[Page]:
    """A clerk's screen, also without JavaScript."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768}, java_script_enabled=False, ignore_https_errors=True
    )
    yield context.new_page()
    context.close()
