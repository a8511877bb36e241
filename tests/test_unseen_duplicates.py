"""Two people report the same person; what either sees, and all that the public side has, stays."""

from pathlib import Path

from tests import test_whole_life as whole
from tests.desk.routes.test_nothing_in_clear import files_of, rows_of
from tests.page_parts import Page
from tests.pages import Browser
from tests.public.stories import file_report, look
from tests.test_whole_life import County

FOLDERS = ("drafts", "items", "outgoing", "superior")
made_county = whole.made_county


def file_two(county: County) -> list[tuple[Browser, str]]:
    citizens = []
    for _report in range(2):
        citizen = county.citizen()
        citizens.append((citizen, file_report(citizen)))
        citizen.press("清除这部手机上的记录")
    county.carry()
    return citizens


def register(clerk: Browser, county: County) -> str:
    """Claim the oldest report, note whom it is about, and accept it; return its reference."""
    reference = clerk.press("领取最早的一件").h1.removeprefix("登记号 ")
    clerk.click("填登记表")
    clerk.fill(unit="柳溪镇石桥村", name="江望川", matter="低保")
    clerk.open(f"/cases/{reference}")
    clerk.click("受理")
    clerk.fill(text="您反映的低保问题，我们已经受理。")
    clerk.press("保存：受理")
    county.carry()
    clerk.open("/intake")
    return reference


def seen(citizens: list[tuple[Browser, str]]) -> list[Page]:
    pages = [look(citizen, code) for citizen, code in citizens]
    assert [page.h1 for page in pages] == ["办理进度：已受理"] * 2
    return pages


def test_neither_reporter_can_tell_that_there_is_another(
    made_county: County, tmp_path: Path
) -> None:
    county = made_county
    citizens = file_two(county)
    clerk = county.staff(county.office.clerk, "/intake")
    first, again = register(clerk, county), register(clerk, county)
    shown = [page.main for page in seen(citizens)]

    def held() -> list[bytes]:
        folders = [files_of(tmp_path / "public" / name) for name in FOLDERS]
        return [rows_of(county.public.database), *folders]

    before = held()
    clerk.open(f"/cases/{again}/acts/link")
    assert "单位、姓名、类别相同" in clerk.page.main.replace(" ", "")
    clerk.fill(other=first, note="同一个人。")
    assert "重复，第2次" in clerk.page.main
    county.carry()
    assert held() == before
    assert [page.main for page in seen(citizens)] == shown
    before = held()
    clerk.open(f"/cases/{again}/acts/link")
    clerk.press(f"不是重复，取消 {first}")
    county.carry()
    assert held() == before
    assert [page.main for page in seen(citizens)] == shown
