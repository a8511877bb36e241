"""A notice as long as they come: twenty cases, everybody a token stands for, 30,000 characters."""

from dataclasses import replace

import pytest
from flask import Flask

from portal.desk.domain.notices.drafts import MOST_CASES, TOKENS, Draft, Party
from tests.desk.casework import at_work
from tests.desk.newsroom import CASE, DRAFT, Newsroom
from tests.pages import Browser

SENTENCE = (
    "经查，〔甲〕在2019年到2024年间，把𠮷祥小区的补偿款😀收在自己名下，没有入账也没有公开，"
    "群众多次反映以后才退回一部分，"
)
LAST = "另有李四平在场，电话139-1234-5678，身份证号11010519491231002X。"
SURNAMES = ("祁", "慕容", "阮", "欧阳", "司徒", "上官", "南宫", "东方", "岑", "鹿")


def long_draft() -> Draft:
    paragraph = f"<p>{SENTENCE * 26}{LAST}</p>"
    cases = tuple(replace(CASE, people=token, paragraph=paragraph) for token in TOKENS)
    names = [surname + given for surname in SURNAMES for given in ("山河", "海棠")]
    parties = tuple(
        Party(token=token, role="subject", name=name, other_names=(f"老{name[0]}",), post="会计")
        for token, name in zip(TOKENS, names, strict=True)
    )
    title = f"青岚县纪委监委通报{MOST_CASES}起典型问题"
    return replace(DRAFT, title=title, cases=cases[:MOST_CASES], parties=parties)


@pytest.fixture
def long_notice(app: Flask, newsroom: Newsroom) -> tuple[Browser, str]:
    """An editor in front of such a notice."""
    notice_id = newsroom.begin(long_draft())
    return at_work(app, newsroom.editor, f"/notices/{notice_id}"), notice_id


def test_it_is_saved_as_it_was_shown(long_notice: tuple[Browser, str], newsroom: Newsroom) -> None:
    browser, notice_id = long_notice
    assert sum(len(case.paragraph) for case in long_draft().cases) > 30_000
    page = browser.open(f"/notices/{notice_id}/edit")
    assert "再加一起" not in page.main
    assert f"最多{MOST_CASES}起" in page.main
    browser.fill(summary="写在很长的一份里")
    browser.open(f"/notices/{notice_id}/edit")
    browser.fill(press="暂存", closing="最后一句")
    assert browser.page.value("closing") == "最后一句"
    assert newsroom.draft(notice_id) == replace(long_draft(), summary="写在很长的一份里")


def test_a_full_table_of_people_says_so(long_notice: tuple[Browser, str]) -> None:
    browser, notice_id = long_notice
    page = browser.open(f"/notices/{notice_id}/parties")
    assert page.value(f"party_{len(TOKENS) - 1}_name") == "鹿海棠"
    assert f"最多登记{len(TOKENS)}个人" in page.main


def test_every_finding_of_it_is_listed(long_notice: tuple[Browser, str]) -> None:
    browser, notice_id = long_notice
    page = browser.open(f"/notices/{notice_id}/check")
    assert page.main.count("139-1234-5678") >= MOST_CASES
    assert page.main.count("11010519491231002X") >= MOST_CASES
