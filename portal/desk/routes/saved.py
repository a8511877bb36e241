"""What the page before this one saved, told once more at the top: nobody wonders whether it did."""

from dataclasses import dataclass

from flask import request

from portal.desk.domain.act_kinds import ACTS, Act
from portal.desk.domain.assigning import ASSIGN
from portal.desk.domain.cases import BadReference, parse_reference
from portal.desk.domain.duplicates import LINK, UNLINK


@dataclass(frozen=True)
class Done:
    """What was done inside the desk, which no citizen is told of."""

    label: str
    afterwards: str


INSIDE = {
    "hand-over": Done("转交同事", "接下来：这件排在那位同事的首页，由那边接着办。"),
    "note": Done("内部记录", "只有能打开这件的同事看得到，不会到公开网站上去。"),
    ASSIGN: Done("交办", "接下来：那个部门的人领取。您还能看到，新的回答仍由您打开；办由那边办。"),
    "registration": Done("登记表", "接下来：看看下面有没有反映同一件事的。没有的，这一步就完了。"),
    LINK: Done("标为重复件", "只有能打开的同事看得到。两件的状态和期限都没有变，反映人看不到。"),
    UNLINK: Done("取消重复件", "两件不再算重复。状态和期限都没有变。"),
}


@dataclass(frozen=True)
class Saved:
    """An act that was done; `reference` is empty when it was done to the case on this page."""

    act: Act | Done
    reference: str


def saved_before() -> Saved | None:
    """Return what this address says was just saved; None for any other address."""
    code = request.args.get("done", "")
    act = ACTS.get(code) or INSIDE.get(code)
    before = request.args.get("before", "")
    try:
        return Saved(act, parse_reference(before) if before else "") if act else None
    except BadReference:
        return None
