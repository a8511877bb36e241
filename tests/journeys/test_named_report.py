"""A named report through many hands: two custodians, an office, a review by somebody else."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import citizens, staff
from tests.journeys.citizens import wait_for_progress, wait_for_words
from tests.journeys.staff import Staff, act

STORY = "石桥村的会计把集体的钱借给自己亲戚，两年没有还。我是村民小组长，账本我看过。"
UNIT = "柳溪镇石桥村村委会"
WHO = {"full_name": "欧阳青禾", "phone": "0990-1238866转12", "contact_note": "晚上七点以后再打"}
SECRETS = ("欧阳青禾", "1238866", "晚上七点")
QUESTION = "您写的借款，我们想再问清楚：借给了谁？"
ANSWER = "借给了他妻弟，一共三笔。"
CLOSING = "您反映的借款，经核对，情况属实，三笔借款已经退回集体账户。"
DOUBT = "只看到退回两笔，第三笔没有张榜。"
REVIEWED = "您申请复查的借款，我们重新看过了：第三笔也已经退回，今天张榜。"


@dataclass(frozen=True)
class Filed:
    """One report: the town it lies in, its writer's browser, its code and reference."""

    town: Staff
    citizen: Page
    code: str
    reference: str

    def opened_by(self, name: str) -> Page:
        """The case's page in somebody's browser."""
        page = self.town.page(name)
        page.goto(f"{self.town.portal.desk}/cases/{self.reference}")
        return page

    def reads(self, label: str) -> Page:
        """The citizen's page once it says so."""
        wait_for_progress(self.citizen, self.town.portal.public, self.code, label)
        return self.citizen


@pytest.fixture
def filed(town: Staff, citizen_page: Page) -> Filed:
    """A named report that just crossed."""
    public = town.portal.public
    citizens.write(citizen_page, public, STORY, unit=UNIT, who=WHO)
    for shown in SECRETS:
        expect(citizen_page.locator("main")).to_contain_text(shown)
    code = citizens.press(citizen_page)
    return Filed(town, citizen_page, code, citizens.read_reference(citizen_page))


@pytest.mark.journey
def test_a_named_report_is_handled_by_an_office_told_rated_and_reviewed(filed: Filed) -> None:
    accept_and_assign(filed)
    ask_back(filed)
    close(filed)
    open_the_name(filed)
    citizens.rate(filed.reads("已办理完毕"))
    staff.see_that_it_was_rated(
        filed.town.page("limingchuan"), filed.town.portal.desk, filed.reference
    )
    ask_for_a_review(filed)
    review(filed)


def accept_and_assign(filed: Filed) -> None:
    clerk = filed.town.page("fangxiaoxi")
    staff.claim(clerk, filed.town.portal.desk, filed.reference)
    see_no_name(clerk)
    act(clerk, "受理", "您反映的关于借款的问题，我们已经受理。")
    filed.reads("已受理")
    clerk.get_by_role("link", name="交办给部门").click()
    clerk.get_by_label("派驻第一组").check()
    clerk.get_by_role("button", name="交办").click()
    expect(clerk.locator("main")).to_contain_text("派驻第一组")
    elsewhere = filed.opened_by("tangyuanshan")
    expect(elsewhere.locator("main")).not_to_contain_text(STORY)
    expect(elsewhere.locator("h1")).to_contain_text("没有")


def ask_back(filed: Filed) -> None:
    """The office's handler asks; the answer comes by the code and the intake opens it."""
    handler = filed.opened_by("limingchuan")
    handler.get_by_role("button", name="领取").click()
    see_no_name(handler)
    act(handler, "开始办理", "您反映的借款正在办理。")
    filed.reads("办理中")
    act(handler, "请补充", QUESTION)
    page = filed.reads("请您补充")
    expect(page.locator("main")).to_contain_text(QUESTION)
    citizens.say(page, "回答", ANSWER, "发出去")
    clerk = filed.town.page("fangxiaoxi")
    staff.open_words(clerk, filed.town.portal.desk, filed.reference, ANSWER)
    expect(filed.opened_by("limingchuan").locator("main")).to_contain_text(ANSWER)


def close(filed: Filed) -> None:
    handler = filed.opened_by("limingchuan")
    act(handler, "办结", CLOSING)
    page = filed.reads("已办理完毕")
    expect(page.locator("main")).to_contain_text(CLOSING)


def open_the_name(filed: Filed) -> None:
    """A custodian of group A asks, one of group B opens; nobody else reads it."""
    asker, decider = filed.town.page("baixingzhou"), filed.town.page("wenheqing")
    asker.goto(f"{filed.town.portal.desk}/identities/new")
    asker.locator("[name=reference]").fill(filed.reference)
    asker.locator("[name=reason]").fill("反映人要求电话告知结果。")
    filed.town.prove(asker, "baixingzhou")
    asker.get_by_role("button", name="请求打开").click()
    expect(asker.locator("main")).to_contain_text("等乙组处理")
    see_no_name(asker)
    decider.goto(asker.url)
    filed.town.prove(decider, "wenheqing")
    decider.get_by_role("button", name="同意，现在打开").click()
    for shown in (*SECRETS, "白行舟", "温禾青"):
        expect(decider.locator("main")).to_contain_text(shown)
    asker.reload()
    see_no_name(asker)
    handler = filed.opened_by("limingchuan")
    expect(handler.locator("main")).to_contain_text("白行舟请求，已同意")
    see_no_name(handler)


def see_no_name(page: Page) -> None:
    for secret in SECRETS:
        expect(page.locator("body")).not_to_contain_text(secret)


def ask_for_a_review(filed: Filed) -> None:
    citizens.say(filed.reads("已办理完毕"), "申请复查", DOUBT, "申请复查")
    clerk = filed.town.page("fangxiaoxi")
    staff.open_words(clerk, filed.town.portal.desk, filed.reference, DOUBT)
    expect(clerk.locator("main")).to_contain_text("您办过这件，不能由您复查")
    closer = filed.opened_by("limingchuan")
    expect(closer.locator("main")).to_contain_text("您办过这件，不能由您复查")


def review(filed: Filed) -> None:
    """Somebody who never touched the case looks again and closes it."""
    other = filed.opened_by("yuqinghe")
    act(other, "开始复查", "您的复查申请已经收到。", link="开始复查，由我办")
    filed.reads("复查中")
    act(other, "复查办结", REVIEWED)
    page = filed.reads("已办理完毕")
    wait_for_words(page, filed.town.portal.public, filed.code, REVIEWED)
    expect(page.locator("main")).to_contain_text(CLOSING)
