"""axe finds nothing on any page of both sites, and no page is wider than a small phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests import walk
from tests.needs import need_time


class Inspector:
    """Looks at every page of a walk and remembers what is wrong."""

    def __init__(self, width: int) -> None:
        self._axe = Axe()
        self._width = width
        self.pages = 0
        self.wrong: list[str] = []

    def __call__(self, name: str, page: Page) -> None:
        self.pages += 1
        page.wait_for_load_state("load")
        for violation in self._axe.run(page).response["violations"]:
            places = [node["html"][:160] for node in violation["nodes"]]
            self.wrong.append(f"{name}: {violation['id']}: {places}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > self._width:
            self.wrong.append(f"{name}: {wide} px wide on a screen of {self._width} px")


@pytest.mark.journey
@pytest.mark.parametrize(("site", "width"), [(walk.public, 320), (walk.desk, 1093)])
def test_every_page_can_be_read_by_everybody(start, chromium: Browser, site, width):
    need_time("walks past fifty pages")
    portal = start()
    context = chromium.new_context(viewport={"width": width, "height": 720}, bypass_csp=True)
    inspect = Inspector(width)
    site(portal, context.new_page(), inspect)
    context.close()
    assert inspect.wrong == []
    assert inspect.pages > 20
