"""Why a notice does not go out, in words."""

from collections.abc import Iterable

from portal.desk.domain.notices.gate import Reason

REASONS: dict[Reason, str] = {
    Reason.OWN: "这份通报您起草过，要由没有动过笔的审核人来定。",
    Reason.NOT_APPROVED: "这一版还没有审核同意；审核以后又改过的，要重新审核。",
    Reason.FINDINGS: "还有没处理的疑点：要么改掉，要么由审核人写明理由照这样写。",
    Reason.NAMES: "登记在人员表里的姓名还在文字里。这一条谁都不能放过，请改成代号。",
    Reason.TOKENS: "文字里有没人对应的代号。",
    Reason.TITLE: "标题里说的几起，和里面的几起对不上。",
    Reason.EMPTY: "正文是空的。",
    Reason.UNCLEAN: "正文的格式不能确定安全。",
    Reason.LEGAL_BASIS: "点名的通报没有填依据。",
    Reason.NAMING: "点名要审核人另外勾选同意。",
    Reason.REPORTER: "这份通报来自实名举报，要身份保管人看过，确认没有举报人姓名，才能放行。",
    Reason.TOO_LONG: "改动太多，更正放不下（前后各最多2000字）。请撤回以后另发一份。",
    Reason.CONSENT: "澄清正名要先登记当事人的同意，被澄清的每个人都要有。",
    Reason.CONSENT_OVER: "当事人的同意已经撤回，或者已经到期。",
    Reason.CONSENT_NAME: "当事人没有同意写姓名。",
    Reason.CONSENT_DAYS: "“显示到哪天”要填：不早于显示的那天，不晚于当事人同意的日期。",
    Reason.ANSWERED: "“澄清哪一份通报”填的编号没有放行过，或者那一份自己就是澄清。",
    Reason.REACH: "澄清要和它回应的通报用一样的领域和区划，看到那一份的人才看得到这一份。",
}


def said_reasons(reasons: Iterable[Reason]) -> list[str]:
    """Return a sentence for each reason."""
    return [REASONS[reason] for reason in reasons]
