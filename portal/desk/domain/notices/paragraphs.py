"""House style: a case as one paragraph, its people as tokens; and counts that titles must keep to.

Unit, post, person, what; 经查, when, what, how much; when which sanction; what was recovered.
"""

import html
import re

from portal.desk.domain.notices.drafts import CaseEntry, Draft
from portal.exchange.notices import Counts
from portal.reference.vocabulary import UnknownCode, vocabulary

DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
SAID = re.compile(r"([0-9]{1,3}|[一二两三四五六七八九十]{1,3})起")
OPENINGS = {
    "N02": "日前，对违反中央八项规定精神典型问题进行了查处，现将有关情况通报如下：",
    "N09": "经查，反映的问题不属实。为消除影响，现予以澄清：",
    "N11": "现就专项整治有关事项公告如下：",
    "N12": "现就监督举报有关事项公告如下：",
    "N13": "现就接访下访有关事项公告如下：",
}
OPENING = "现将有关典型问题通报如下："
CLOSING = "以上问题，教训深刻。广大党员干部要引以为戒，各级党组织要压实责任，防止类似问题再次发生。"
ANNOUNCEMENTS = frozenset({"N09", "N10", "N11", "N12", "N13", "N16", "N17"})


def opening(kind: str) -> str:
    """Return the words that a notice of this kind begins with, as clean HTML."""
    return f"<p>{OPENINGS.get(kind, OPENING)}</p>"


def closing(kind: str) -> str:
    """Return the words that it ends with; announcements have none."""
    return "" if kind in ANNOUNCEMENTS else f"<p>{CLOSING}</p>"


def of_case(case: CaseEntry) -> str:
    """Return the house-style paragraph of a case as clean HTML, with tokens for its people."""
    who = "、".join(f"〔{token}〕" for token in case.tokens)
    heading = f"{case.unit}{case.post}{who}{case.what}。" if case.what else ""
    sentences = [heading, _found(case, who), _sanction(case, who), _recovered(case)]
    text = "".join(sentence for sentence in sentences if sentence)
    return f"<p>{html.escape(text, quote=False)}</p>" if text else ""


def counts(draft: Draft) -> Counts:
    """Return 次, 案 and 人 of a notice: one notice, its cases, and its subjects, each once."""
    return Counts(times=1, cases=len(draft.cases), people=len(draft.people))


def said_cases(title: str) -> int | None:
    """Return how many cases a title says there are (`3起`, `三起`); None when it does not say."""
    found = SAID.search(title)
    return _number(found[1]) if found else None


def _found(case: CaseEntry, who: str) -> str:
    when = case.since
    if case.until and case.until != case.since:
        when = f"{case.since}至{case.until}" if case.since else f"{case.until}以前"
    if not when and not case.amount:
        return ""
    amount = f"，涉及金额{case.amount}" if case.amount else ""
    did = f"{who or '有关人员'}{case.what or '存在上述问题'}"
    return f"经查，{when}{'，' if when else ''}{did}{amount}。"


def _sanction(case: CaseEntry, who: str) -> str:
    labels = [_label(code) for code in (case.party_sanction, case.other_sanction) if code]
    if not labels:
        return ""
    when = f"{case.sanctioned_on}，" if case.sanctioned_on else ""
    return f"{when}{who or '有关人员'}受到{'、'.join(labels)}。"


def _label(code: str) -> str:
    try:
        sanction = vocabulary().sanction(code)
    except UnknownCode:
        return code
    before = {
        "party": "党内" if sanction.label in {"警告", "严重警告"} else "",
        "administrative": "政务",
    }
    after = "" if sanction.group == "non_punitive" else "处分"
    return f"{before.get(sanction.group, '')}{sanction.label}{after}"


def _recovered(case: CaseEntry) -> str:
    return f"已追回{case.recovered}。" if case.recovered else ""


def _number(said: str) -> int:
    if said.isascii():
        return int(said)
    tens, ten, ones = said.rpartition("十")
    if not ten:
        return DIGITS[said[0]]
    return 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)
