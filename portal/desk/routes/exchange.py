"""/exchange: how the letterbox stands; what lags, what is missing, what was put aside and why."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import audit, restoring
from portal.desk.domain.roles import Permission
from portal.desk.forms.cases import CaseButtonForm
from portal.desk.routes.access import allowed, current_session
from portal.exchange.inbox import NotParked, try_again
from portal.exchange.status import exchange_status
from portal.reference.days import local_day, spoken_day, utcnow
from portal.web.transactions import db

bp = Blueprint("exchange", __name__, url_prefix="/exchange")

KINDS = {
    "report": "举报",
    "reply": "反映人的回答",
    "rating": "评价",
    "claimed": "领取查询码",
    "restored": "对方从备份恢复了",
    "holding": "对方有哪些编号",
}
# What the exchange writes beside a message that it keeps, as people read it.
REASONS = {
    "waiting: unknown case": "它说的举报还没有到",
    "waiting: report not opened": "这件举报还没有打开，打开以后自动再办",
    "waiting: an earlier message about the case": "同一件举报前面的信件还在等",
    "waiting: to be tried again": "有人按了“再试一次”，马上再办",
    "parked: bad statement": "签名的说明看不懂",
    "parked: statement about something else": "签名说的不是这些话",
    "parked: not signed by the code": "不是用这件的查询码签的名",
    "parked: bad claim": "领取查询码的说明看不懂",
    "parked: no slip signed this": "不是用这件的领取单签的名",
    "parked: claimed before": "这件的查询码已经领取过",
    "unreadable": "读不出来，不是对方发给我们的信件",
    "unsigned": "没有公开网站的签名",
    "part-mismatch": "内容和签名对不上",
    "unknown-kind": "这种信件这里还不会办",
    "bad-schema": "格式不对",
    "failed": "办理时出了错",
    "file missing": "保存的信件不见了",
}


@bp.get("")
@allowed(Permission.EXCHANGE)
def index() -> ResponseReturnValue:
    """Show lag, counts, gaps, waiting and parked messages."""
    return _page(CaseButtonForm(formdata=None))


@bp.post("/<message_id>/retry")
@allowed(Permission.RETRY)
def retry(message_id: str) -> ResponseReturnValue:
    """Give a parked message to its handler once more."""
    form = CaseButtonForm()
    if not form.validate():
        return _page(form), 422
    try:
        try_again(db(), message_id)
    except NotParked:
        abort(404)
    audit.record(
        db(),
        person_id=current_session().person_id,
        act="message-retried",
        target=message_id,
        now=utcnow(),
    )
    return redirect(url_for(".index"), 303)


def reason_words(reason: str) -> str:
    """Return why a message was kept, as people read it; a detail stays as it was written."""
    if reason in REASONS:
        return REASONS[reason]
    word, _, detail = reason.partition(": ")
    known = REASONS.get(word, word)
    return f"{known}（{detail}）" if detail else known


def how_long_ago(day: date, today: date) -> str:
    """Return a day, and how long ago that was."""
    days = (today - day).days
    return f"{spoken_day(day)}（{f'{days}天前' if days > 0 else '今天'}）"


def _page(form: CaseButtonForm) -> str:
    status, today = exchange_status(db()), local_day(utcnow())
    return render_template(
        "desk/exchange/index.html",
        form=form,
        status=status,
        missing=restoring.missing_count(db()),
        oldest=how_long_ago(status.oldest_day, today) if status.oldest_day else "没有",
        kinds=KINDS,
        reason_words=reason_words,
        may_retry=current_session().may(Permission.RETRY),
    )
