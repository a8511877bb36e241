"""What a citizen does in a browser: answers the questions, keeps the code, looks it up."""

import re

from playwright.sync_api import Page, expect

from tests.running import until


def go_on(page: Page) -> None:
    page.get_by_role("button", name="继续").click()


def write(page: Page, public: str, story: str, *, unit: str, who: dict[str, str]) -> None:
    """Answer every question up to the last page; without `who` the report is anonymous."""
    page.goto(f"{public}/report")
    page.get_by_role("button", name="自己填").click()
    page.locator("[name=category][value=village]").check()
    go_on(page)
    page.locator("[name=unit]").fill(unit)
    go_on(page)
    page.locator("[name=story]").fill(story)
    go_on(page)
    page.locator(f"[name=mode][value={'named' if who else 'anonymous'}]").check()
    for name, value in who.items():
        page.locator(f"[name={name}]").fill(value)
    go_on(page)
    expect(page.locator("main")).to_contain_text("还没有提交")


def press(page: Page) -> str:
    """Copy the code that the last page shows, declare, submit; return the code."""
    groups = page.locator(".code__group").all_inner_texts()
    digits = [re.sub(r"\D", "", group)[-4:] for group in groups][:6]
    page.locator("[name=last_group]").fill(digits[5])
    page.locator("[name=declare]").check()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("h1")).to_have_text("已收到")
    return " ".join(digits)


def file(
    page: Page, public: str, story: str, *, unit: str, who: dict[str, str] | None = None
) -> tuple[str, str]:
    """File a report; return its code and its reference."""
    write(page, public, story, unit=unit, who=who or {})
    return press(page), read_reference(page)


def read_reference(page: Page) -> str:
    found = re.search(r"登记号\s*(\d{8})", page.locator("main").inner_text())
    assert found
    return found.group(1)


def look_up(page: Page, public: str, code: str) -> str:
    """Type the code; return what the page is headed."""
    page.goto(f"{public}/track")
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="查询").click()
    return page.locator("h1").inner_text()


def wait_for_progress(page: Page, public: str, code: str, label: str) -> None:
    """Look the code up, as a citizen would once in a while, until the page says so."""
    until(lambda: label in look_up(page, public, code))


def wait_for_words(page: Page, public: str, code: str, words: str) -> None:
    """Look the code up until the desk's words are there."""

    def says_so() -> bool:
        look_up(page, public, code)
        return words in page.locator("main").inner_text()

    until(says_so)


def say(page: Page, link: str, words: str, button: str) -> None:
    """Write from the case's page."""
    page.get_by_role("link", name=link, exact=True).click()
    page.locator("[name=text]").fill(words)
    page.locator("main").get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).to_contain_text("办理进度")


def rate(page: Page) -> None:
    """Choose two answers, skip the others, and read that it was received."""
    page.get_by_role("link", name="评价办理情况").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    page.locator("[name=speed][value='2']").check()
    page.locator("[name=solved][value=partly]").check()
    page.get_by_role("button", name="发出评价").click()
    expect(page.locator("main")).to_contain_text("已评价")
