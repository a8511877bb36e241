"""A clerk enters a letter with the keyboard alone, and fast enough."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.staff import Staff

# Card, Moran and Newell's keystroke-level model: an average typist's key, and one thought a field.
KEY_SECONDS = 0.28
THOUGHT_SECONDS = 1.35
# A Chinese character takes about two and a half keys of pinyin.
KEYS_A_CHARACTER = 2.5
SUMMARY = "石桥村修路款去年冬天到今天没有公开，会计说账目丢了。"


@dataclass
class Keyboard:
    """Presses keys and counts how long a person would take."""

    page: Page
    seconds: float = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.seconds += KEY_SECONDS

    def write(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.seconds += len(text) * KEYS_A_CHARACTER * KEY_SECONDS

    def fields_on(self, count: int = 1) -> None:
        self.press(*["Tab"] * count)
        self.seconds += THOUGHT_SECONDS


@pytest.mark.journey
def test_a_letter_is_entered_with_the_keyboard_alone_in_ninety_seconds(town: Staff):
    clerk_page = town.page("fangxiaoxi")
    clerk_page.goto(town.portal.desk + "/cases/new")
    hands = Keyboard(clerk_page)
    hands.press("1")
    hands.fields_on()
    day = clerk_page.locator("[name=received_on]").input_value()
    hands.press(*day.replace("-", ""))
    hands.fields_on(2)
    hands.press("3")
    hands.fields_on()
    hands.press("1", "2")
    hands.fields_on()
    hands.press("2")
    hands.fields_on(2)
    hands.press("2")
    hands.fields_on()
    hands.write("石桥村村委会")
    hands.fields_on(7)
    hands.write(SUMMARY)
    hands.fields_on(3)
    hands.press("Enter")
    main = clerk_page.locator("main")
    expect(main).to_contain_text("已登记，登记号 9")
    for shown in (SUMMARY, "石桥村村委会", "村里（社区）的钱、地和账目", "来信", "重复", "12"):
        expect(main).to_contain_text(shown)
    assert hands.seconds <= 90
