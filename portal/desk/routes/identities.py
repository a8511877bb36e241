"""/identities: one custodian of each group opens who reported, for ten minutes."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.desk.domain import calls, cases, identity_parts, identity_requests, keys
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.identities import (
    AlreadyAsked,
    AlreadyDecided,
    Custody,
    Expired,
    IdentityMismatch,
    NotForYou,
    NotNamed,
    Over,
    OwnRequest,
)
from portal.desk.domain.identity_requests import UnknownRequest
from portal.desk.domain.notices import ticks
from portal.desk.domain.notices.ticks import NamesReporter, NothingToTick, Waiting
from portal.desk.domain.opening import CannotOpen, KeyNotHeld
from portal.desk.domain.roles import Permission
from portal.desk.forms.calls import CallForm
from portal.desk.forms.identities import REASON_MOST, AgreeForm, AskForm, RefuseForm
from portal.desk.forms.notice_reviews import VersionButtonForm
from portal.desk.house import desk_house
from portal.desk.models.cases import Case
from portal.desk.models.identities import IdentityRequest
from portal.desk.routes import proof
from portal.desk.routes.access import allowed, current_session, note_read, restored_form
from portal.desk.routes.calls import new_form, recorded
from portal.reference.days import utcnow
from portal.web.transactions import db

bp = Blueprint("identities", __name__, url_prefix="/identities")

NO_KEY = "您没有本组的密钥。请先在“密钥”里导入，或者请同组的人授予。"
NO_TICK = "没有记下来：10分钟已过，或者这份通报有了新的一版。请重新打开再看。"
NAMED = "没有记下来：这份通报里有举报人的姓名或者电话。请不要写在这里，当面告诉编辑去掉。"
DAMAGED = "打不开：密封内容坏了，或者里面没有姓名。请告诉系统管理员。"
EXPIRED = "已经作废：超过3天没有人处理，或者提出的人不再是甲组。还需要的，由甲组重新提出。"
REFUSALS: dict[type[Exception], str] = {
    OwnRequest: "这个请求是您自己提出的，要由另一个人来同意。",
    AlreadyDecided: "这个请求已经有人处理过了。",
    Expired: EXPIRED,
    KeyNotHeld: NO_KEY,
    CannotOpen: DAMAGED,
}
UNDECIDED = tuple(REFUSALS)


@bp.get("")
@allowed(Permission.IDENTITIES)
def index() -> ResponseReturnValue:
    """List requests: those that wait first."""
    return render_template(
        "desk/identities/index.html",
        lines=identity_requests.recent(db(), utcnow()),
        holds_key=bool(keys.held_ids(db(), current_session().person_id)),
        mismatched=identity_parts.mismatched(db(), desk_house().items),
        **_may(),
    )


@bp.get("/new")
@allowed(Permission.ASK_IDENTITY)
def ask() -> ResponseReturnValue:
    """Ask for which case, and why."""
    form = AskForm(restored_form())
    if not form.reference.data:
        form.reference.data = request.args.get("reference", "")
    return _ask_page(form)


@bp.post("/new")
@allowed(Permission.ASK_IDENTITY)
def keep_request() -> ResponseReturnValue:
    """Ask group B to open a case's identity."""
    form = AskForm()
    if not (form.validate() and proof.given(form)):
        return _ask_page(form), 422
    try:
        case = cases.get(db(), form.wanted, lock=True)
        asked = _custody().ask(db(), case, form.reason.data, utcnow())
    except (UnknownCase, NotNamed):
        form.reference.errors = ["没有这个登记号的实名举报。匿名的没有姓名；刚提交的，要先登记"]
        return _ask_page(form), 422
    except AlreadyAsked:
        form.reference.errors = ["这一件已经有请求，还没有处理完"]
        return _ask_page(form), 409
    except IdentityMismatch:
        # Told on the list, which this leads to: a refusal would take the entry back.
        identity_parts.note(db(), case, current_session().person_id, now=utcnow())
        return redirect(url_for(".index"), 303)
    except (KeyNotHeld, CannotOpen) as error:
        form.form_errors.append(REFUSALS[type(error)])
        return _ask_page(form), 409
    return redirect(url_for(".show", request_id=asked.id), 303)


@bp.get("/<request_id>")
@allowed(Permission.IDENTITIES)
def show(request_id: str) -> ResponseReturnValue:
    """Show a request; to who agreed, for ten minutes, the identity."""
    asked = _request_or_404(request_id)
    reporter, sentence = None, ""
    try:
        reporter = _custody().view(asked, utcnow())
    except (CannotOpen, KeyNotHeld):
        sentence = DAMAGED
    except (NotForYou, Over):
        pass
    notices = _waiting_notices(_case(asked)) if reporter else []
    note_read("identity-viewed" if reporter else "identity-request-read", _case(asked).reference)
    return _page(asked, reporter=reporter, sentence=sentence, notices=notices)


@bp.post("/<request_id>/agree")
@allowed(Permission.DECIDE_IDENTITY)
def agree(request_id: str) -> ResponseReturnValue:
    """Open the identity for ten minutes."""
    form = AgreeForm()
    if not (form.validate() and proof.given(form)):
        return _page(_request_or_404(request_id), agree=form), 422
    asked = _request_or_404(request_id, lock=True)
    try:
        _custody().agree(db(), asked, utcnow())
    except UNDECIDED as error:
        return _page(asked, sentence=REFUSALS[type(error)]), 409
    return redirect(url_for(".show", request_id=request_id), 303)


@bp.post("/<request_id>/refuse")
@allowed(Permission.DECIDE_IDENTITY)
def refuse(request_id: str) -> ResponseReturnValue:
    """Refuse, and say why."""
    form = RefuseForm()
    if not form.validate():
        return _page(_request_or_404(request_id), refuse=form), 422
    asked = _request_or_404(request_id, lock=True)
    try:
        _custody().refuse(db(), asked, form.reason.data, utcnow())
    except UNDECIDED as error:
        return _page(asked, sentence=REFUSALS[type(error)], refuse=form), 409
    return redirect(url_for(".show", request_id=request_id), 303)


@bp.post("/<request_id>/notices/<notice_id>/tick")
@allowed(Permission.DECIDE_IDENTITY)
def tick(request_id: str, notice_id: str) -> ResponseReturnValue:
    """Say, with the name open, that a notice from this report does not hold it."""
    form, now = VersionButtonForm(), utcnow()
    asked = _request_or_404(request_id, lock=True)
    if not form.validate():
        return _page(asked), 422
    case, person_id = _case(asked), current_session().person_id
    try:
        reporter = _custody().view(asked, now)
        one = _waiting_notice(case, notice_id, form.seen_revision)
        ticks.tick(db(), case, one, reporter, person_id=person_id, now=now)
    except (NotForYou, Over, KeyNotHeld, CannotOpen, NothingToTick):
        return _page(asked, sentence=NO_TICK), 409
    except NamesReporter:
        return _page(asked, sentence=NAMED), 409
    return redirect(url_for(".show", request_id=request_id), 303)


@bp.post("/<request_id>/calls")
@allowed(Permission.DECIDE_IDENTITY)
def record_call(request_id: str) -> ResponseReturnValue:
    """Record a call that was made with the number seen here."""
    form, asked = CallForm(), _request_or_404(request_id)
    case = cases.get(db(), _case(asked).reference, lock=True)
    if not recorded(case, form):
        return _page(asked, call=form), 422
    return redirect(url_for(".show", request_id=request_id), 303)


def _custody() -> Custody:
    person = current_session()
    return Custody(desk_house().items, person.person_id, person.own, person.held(db()))


def _request_or_404(request_id: str, *, lock: bool = False) -> IdentityRequest:
    try:
        return identity_requests.get(db(), request_id, lock=lock)
    except UnknownRequest:
        abort(404)


def _case(asked: IdentityRequest) -> Case:
    return db().get_one(Case, asked.case_id)


def _waiting_notice(case: Case, notice_id: str, version: int) -> Waiting:
    for one in _waiting_notices(case):
        if (one.notice_id, one.version) == (notice_id, version):
            return one
    raise NothingToTick


def _waiting_notices(case: Case) -> list[Waiting]:
    return ticks.waiting(db(), desk_house().items, case, current_session().held(db()))


def _may() -> dict[str, bool]:
    person = current_session()
    return {
        "may_ask": person.may(Permission.ASK_IDENTITY),
        "may_decide": person.may(Permission.DECIDE_IDENTITY),
    }


def _ask_page(form: AskForm) -> str:
    return render_template("desk/identities/new.html", form=form, most=REASON_MOST)


def _page(asked: IdentityRequest, **shown: Any) -> str:
    person, custody = current_session(), _custody()
    forms = {"agree": AgreeForm(formdata=None), "refuse": RefuseForm(formdata=None)}
    given = [one for one in ("agree", "refuse", "call") if one in shown]
    return render_template(
        "desk/identities/show.html",
        **{**forms, "call": new_form(), "reporter": None, "sentence": "", "notices": [], **shown},
        tick=VersionButtonForm(formdata=None),
        **({"form": shown[given[0]]} if given else {}),
        line=identity_requests.line(db(), asked, utcnow()),
        reason=custody.words(asked.reason_file),
        refusal=custody.words(asked.refusal_file),
        mine=asked.decided_by == person.person_id,
        own_request=asked.asked_by == person.person_id,
        calls=calls.of_case(db(), _case(asked)),
        most=REASON_MOST,
        **_may(),
    )
