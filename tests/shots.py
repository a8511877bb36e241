"""`make shots`: photographs of every page at 375 and 1280 px, in shots/; never committed."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import walk
from tests.running import RunningPortal

WIDTHS = (375, 1280)
FOLDER = Path("shots")


def main() -> None:
    """Walk both sites once for each width, over a fresh demo county each time."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for width in WIDTHS:
            with tempfile.TemporaryDirectory() as folder:
                _walk(RunningPortal(Path(folder) / "instance"), browser, width)
        browser.close()


def _walk(portal: RunningPortal, browser, width: int) -> None:
    portal.command("demo", "make")
    portal.start()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False
    )

    def shoot(name: str, page: Page) -> None:
        page.screenshot(path=FOLDER / f"{name}-{width}.png", full_page=True)

    try:
        walk.public(portal, context.new_page(), shoot)
        walk.desk(portal, context.new_page(), shoot)
    finally:
        context.close()
        portal.stop()


if __name__ == "__main__":
    main()
