"""Every route of the desk, and who may open it: a new one fails here until somebody decides."""

import re

import pytest
from flask import Flask

from portal.desk.domain.roles import Permission, Role, permits
from portal.desk.house import DeskHouse
from portal.desk.routes import access
from portal.desk.routes.access import UnguardedView, permission_of
from tests.desk.staff import hire, sign_in

ANYONE = None
ROUTES: dict[tuple[str, str], Permission | None] = {
    ("GET", "/sign-in"): ANYONE,
    ("POST", "/sign-in"): ANYONE,
    ("GET", "/sign-in/passkey"): ANYONE,
    ("POST", "/sign-in/passkey"): ANYONE,
    ("POST", "/sign-in/passkey/answer"): ANYONE,
    ("POST", "/sign-out"): ANYONE,
    ("GET", "/enrol/<token>"): ANYONE,
    ("POST", "/enrol/<token>"): ANYONE,
    ("GET", "/"): Permission.HOME,
    ("GET", "/intake"): Permission.INTAKE,
    ("POST", "/intake/next"): Permission.INTAKE,
    ("POST", "/intake/<reference>/claim"): Permission.INTAKE,
    ("GET", "/cases"): Permission.CASES,
    ("GET", "/cases/new"): Permission.INTAKE,
    ("POST", "/cases/new"): Permission.INTAKE,
    ("GET", "/cases/<reference>"): Permission.CASES,
    ("POST", "/cases/<reference>/claim"): Permission.CASES,
    ("POST", "/cases/<reference>/release"): Permission.CASES,
    ("POST", "/cases/<reference>/take-over"): Permission.ACTS,
    ("POST", "/cases/<reference>/words"): Permission.CASES,
    ("GET", "/cases/<reference>/slip"): Permission.INTAKE,
    ("POST", "/cases/<reference>/slip"): Permission.INTAKE,
    ("POST", "/cases/<reference>/slip/words"): Permission.ACTS,
    ("GET", "/cases/<reference>/acts/<code>"): Permission.ACTS,
    ("POST", "/cases/<reference>/acts/<code>"): Permission.ACTS,
    ("GET", "/cases/<reference>/hand-over"): Permission.ACTS,
    ("POST", "/cases/<reference>/hand-over"): Permission.ACTS,
    ("GET", "/cases/<reference>/notes"): Permission.CASES,
    ("POST", "/cases/<reference>/notes"): Permission.CASES,
    ("GET", "/recusals"): Permission.CASES,
    ("POST", "/recusals"): Permission.CASES,
    ("GET", "/recusals/met"): Permission.CASES,
    ("POST", "/recusals/<entry_id>/remove"): Permission.CASES,
    ("GET", "/leave"): Permission.CASES,
    ("POST", "/leave"): Permission.CASES,
    ("POST", "/leave/end"): Permission.CASES,
    ("GET", "/cases/<reference>/acts/assign"): Permission.ASSIGN,
    ("POST", "/cases/<reference>/acts/assign"): Permission.ASSIGN,
    ("GET", "/cases/<reference>/registration"): Permission.INTAKE,
    ("POST", "/cases/<reference>/registration"): Permission.INTAKE,
    ("GET", "/cases/<reference>/acts/link"): Permission.INTAKE,
    ("POST", "/cases/<reference>/acts/link"): Permission.INTAKE,
    ("POST", "/cases/<reference>/acts/unlink"): Permission.INTAKE,
    ("GET", "/cases/<reference>/acts/hand-up"): Permission.ACTS,
    ("POST", "/cases/<reference>/acts/hand-up"): Permission.ACTS,
    ("GET", "/cases/handed-up"): Permission.ACTS,
    ("GET", "/cases/<reference>/calls"): Permission.ACTS,
    ("POST", "/cases/<reference>/calls"): Permission.ACTS,
    ("GET", "/identities"): Permission.IDENTITIES,
    ("GET", "/identities/new"): Permission.ASK_IDENTITY,
    ("POST", "/identities/new"): Permission.ASK_IDENTITY,
    ("GET", "/identities/<request_id>"): Permission.IDENTITIES,
    ("POST", "/identities/<request_id>/agree"): Permission.DECIDE_IDENTITY,
    ("POST", "/identities/<request_id>/refuse"): Permission.DECIDE_IDENTITY,
    ("POST", "/identities/<request_id>/calls"): Permission.DECIDE_IDENTITY,
    ("POST", "/identities/<request_id>/notices/<notice_id>/tick"): Permission.DECIDE_IDENTITY,
    ("GET", "/bodies"): Permission.ACTS,
    ("POST", "/bodies"): Permission.ACTS,
    ("POST", "/bodies/<body_id>/drop"): Permission.ACTS,
    ("GET", "/exchange"): Permission.EXCHANGE,
    ("POST", "/exchange/<message_id>/retry"): Permission.RETRY,
    ("GET", "/account"): Permission.ACCOUNT,
    ("GET", "/account/passphrase"): Permission.ACCOUNT,
    ("POST", "/account/passphrase"): Permission.ACCOUNT,
    ("GET", "/account/phone"): Permission.ACCOUNT,
    ("POST", "/account/phone"): Permission.ACCOUNT,
    ("GET", "/account/passkeys"): Permission.ACCOUNT,
    ("GET", "/account/passkeys/new"): Permission.ACCOUNT,
    ("POST", "/account/passkeys/new"): Permission.ACCOUNT,
    ("GET", "/account/passkeys/device"): Permission.ACCOUNT,
    ("POST", "/account/passkeys/device"): Permission.ACCOUNT,
    ("GET", "/account/passkeys/<passkey_id>/remove"): Permission.ACCOUNT,
    ("POST", "/account/passkeys/<passkey_id>/remove"): Permission.ACCOUNT,
    ("GET", "/account/proof"): Permission.ACCOUNT,
    ("POST", "/account/proof"): Permission.ACCOUNT,
    ("GET", "/account/proof/passkey"): Permission.ACCOUNT,
    ("POST", "/account/proof/passkey"): Permission.ACCOUNT,
    ("GET", "/account/recovery-codes"): Permission.ACCOUNT,
    ("POST", "/account/recovery-codes"): Permission.ACCOUNT,
    ("GET", "/people"): Permission.PEOPLE,
    ("GET", "/people/new"): Permission.PEOPLE,
    ("POST", "/people/new"): Permission.PEOPLE,
    ("GET", "/people/<person_id>"): Permission.PEOPLE,
    ("GET", "/people/<person_id>/roles"): Permission.PEOPLE,
    ("POST", "/people/<person_id>/roles"): Permission.PEOPLE,
    ("GET", "/people/<person_id>/link"): Permission.PEOPLE,
    ("GET", "/people/<person_id>/link/new"): Permission.PEOPLE,
    ("POST", "/people/<person_id>/link/new"): Permission.PEOPLE,
    ("GET", "/people/<person_id>/let-go"): Permission.PEOPLE,
    ("POST", "/people/<person_id>/let-go"): Permission.PEOPLE,
    ("GET", "/people/changes/<change_id>"): Permission.PEOPLE,
    ("POST", "/people/changes/<change_id>/confirm"): Permission.PEOPLE,
    ("POST", "/people/changes/<change_id>/withdraw"): Permission.PEOPLE,
    ("GET", "/offices"): Permission.OFFICES,
    ("GET", "/offices/new"): Permission.OFFICES,
    ("POST", "/offices/new"): Permission.OFFICES,
    ("GET", "/offices/<office_id>"): Permission.OFFICES,
    ("GET", "/offices/<office_id>/name"): Permission.OFFICES,
    ("POST", "/offices/<office_id>/name"): Permission.OFFICES,
    ("GET", "/offices/<office_id>/members/new"): Permission.OFFICES,
    ("POST", "/offices/<office_id>/members/new"): Permission.OFFICES,
    ("GET", "/offices/<office_id>/members/<person_id>/remove"): Permission.OFFICES,
    ("POST", "/offices/<office_id>/members/<person_id>/remove"): Permission.OFFICES,
    ("GET", "/offices/<office_id>/close"): Permission.OFFICES,
    ("POST", "/offices/<office_id>/close"): Permission.OFFICES,
    ("GET", "/keys"): Permission.KEYS,
    ("GET", "/keys/<key_id>/grant"): Permission.HOLD_KEYS,
    ("POST", "/keys/<key_id>/grant"): Permission.HOLD_KEYS,
    ("GET", "/keys/<key_id>/import"): Permission.HOLD_KEYS,
    ("POST", "/keys/<key_id>/import"): Permission.HOLD_KEYS,
    ("GET", "/audit"): Permission.AUDIT,
    ("GET", "/statistics"): Permission.STATISTICS,
    ("GET", "/statistics/<table>/export"): Permission.STATISTICS,
    ("POST", "/statistics/<table>/export"): Permission.STATISTICS,
    ("GET", "/healthz"): ANYONE,
    ("GET", "/deadlines"): Permission.CASES,
    ("GET", "/cases/<reference>/extend"): Permission.ACTS,
    ("POST", "/cases/<reference>/extend"): Permission.ACTS,
    ("GET", "/calendar"): Permission.CALENDAR,
    ("GET", "/calendar/days/<day>"): Permission.CALENDAR,
    ("POST", "/calendar/days/<day>"): Permission.CALENDAR,
    ("GET", "/calendar/import"): Permission.CALENDAR,
    ("POST", "/calendar/import"): Permission.CALENDAR,
    ("GET", "/notices"): Permission.NOTICES,
    ("GET", "/notices/new"): Permission.DRAFT,
    ("POST", "/notices/new"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>"): Permission.NOTICES,
    ("GET", "/notices/<notice_id>/edit"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/edit"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>/parties"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/parties"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/unsaved/<page>"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/unsaved/<page>/drop"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>/versions/<number>"): Permission.NOTICES,
    ("GET", "/notices/<notice_id>/print"): Permission.NOTICES,
    ("GET", "/notices/<notice_id>/check"): Permission.NOTICES,
    ("POST", "/notices/<notice_id>/check"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/submit"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>/review"): Permission.APPROVE,
    ("POST", "/notices/<notice_id>/review"): Permission.APPROVE,
    ("GET", "/notices/<notice_id>/publish"): Permission.APPROVE,
    ("POST", "/notices/<notice_id>/publish"): Permission.APPROVE,
    ("GET", "/notices/<notice_id>/correct"): Permission.DRAFT,
    ("POST", "/notices/<notice_id>/correct"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>/withdraw"): Permission.APPROVE,
    ("POST", "/notices/<notice_id>/withdraw"): Permission.APPROVE,
    ("GET", "/notices/<notice_id>/consents"): Permission.NOTICES,
    ("POST", "/notices/<notice_id>/consents"): Permission.DRAFT,
    ("GET", "/notices/<notice_id>/consents/<consent_id>/withdraw"): Permission.NOTICES,
    ("POST", "/notices/<notice_id>/consents/<consent_id>/withdraw"): Permission.NOTICES,
    ("GET", "/deputies"): Permission.NOTICES,
    ("GET", "/deputies/new"): Permission.NAME_DEPUTY,
    ("POST", "/deputies/new"): Permission.NAME_DEPUTY,
    ("POST", "/deputies/<deputyship_id>/end"): Permission.NAME_DEPUTY,
    ("GET", "/units"): Permission.NOTICES,
    ("GET", "/units/new"): Permission.DRAFT,
    ("POST", "/units/new"): Permission.DRAFT,
    ("GET", "/units/import"): Permission.DRAFT,
    ("POST", "/units/import"): Permission.DRAFT,
    ("GET", "/units/<unit_id>"): Permission.NOTICES,
    ("GET", "/units/<unit_id>/edit"): Permission.DRAFT,
    ("POST", "/units/<unit_id>/edit"): Permission.DRAFT,
    ("GET", "/units/<unit_id>/remove"): Permission.DRAFT,
    ("POST", "/units/<unit_id>/remove"): Permission.DRAFT,
}
# The whole matrix, written out: who asks for less than these must change this table too.
MAY: dict[Permission, set[Role]] = {
    Permission.HOME: set(Role),
    Permission.ACCOUNT: set(Role),
    Permission.KEYS: set(Role),
    Permission.INTAKE: {Role.CLERK},
    Permission.CASES: {Role.CLERK, Role.HANDLER},
    Permission.ACTS: {Role.CLERK, Role.HANDLER},
    Permission.STATISTICS: {Role.ANALYST},
    Permission.ASSIGN: {Role.CLERK},
    Permission.OFFICES: {Role.SECURITY_ADMINISTRATOR},
    Permission.HOLD_KEYS: {
        Role.CLERK,
        Role.HANDLER,
        Role.ANALYST,
        Role.CUSTODIAN_A,
        Role.CUSTODIAN_B,
        Role.EDITOR,
        Role.APPROVER,
    },
    Permission.IDENTITIES: {Role.CUSTODIAN_A, Role.CUSTODIAN_B},
    Permission.ASK_IDENTITY: {Role.CUSTODIAN_A},
    Permission.DECIDE_IDENTITY: {Role.CUSTODIAN_B},
    Permission.EXCHANGE: {Role.CLERK, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR},
    Permission.RETRY: {Role.CLERK},
    Permission.PEOPLE: {Role.SECURITY_ADMINISTRATOR},
    Permission.AUDIT: {Role.AUDITOR},
    Permission.CALENDAR: {Role.SYSTEM_ADMINISTRATOR},
    Permission.NOTICES: {Role.EDITOR, Role.APPROVER},
    Permission.DRAFT: {Role.EDITOR},
    Permission.APPROVE: {Role.APPROVER},
    Permission.NAME_DEPUTY: {Role.APPROVER},
}


def routes_of(app: Flask) -> dict[tuple[str, str], Permission | None]:
    return {
        (method, rule.rule): permission_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def test_every_route_is_listed_with_what_it_asks_for(app: Flask) -> None:
    assert routes_of(app) == ROUTES


@pytest.mark.parametrize("permission", list(Permission))
def test_roles_have_exactly_these_permissions(permission: Permission) -> None:
    assert {role for role in Role if permits([role], permission)} == MAY[permission]


@pytest.mark.parametrize("role", list(Role))
def test_each_role_meets_403_wherever_it_may_not_go(
    app: Flask, house: DeskHouse, role: Role
) -> None:
    browser = sign_in(app, hire(house, "shen.du", role))
    token = browser.page.value("csrf_token")
    refused = 0
    for (method, rule), permission in ROUTES.items():
        if permission is ANYONE or role in MAY[permission]:
            continue
        address = re.sub(r"<[^>]+>", "x", rule)
        if method == "GET":
            browser.open(address, status=403)
        else:
            browser.post(address, {"csrf_token": token}, status=403)
        refused += 1
    assert refused


@pytest.mark.parametrize(
    ("method", "rule"), [key for key, permission in ROUTES.items() if permission is not ANYONE]
)
def test_without_a_session_every_route_asks_to_sign_in(app: Flask, method: str, rule: str) -> None:
    client, address = app.test_client(), re.sub(r"<[^>]+>", "x", rule)
    answer = client.open(address, method=method, base_url="https://localhost")
    if method == "GET":
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in")
    else:
        assert answer.status_code == 403
        assert "请重新登录" in answer.get_data(as_text=True)


@pytest.mark.parametrize("rule", [rule for method, rule in ROUTES if method == "POST"])
def test_every_change_asks_for_the_token_of_our_own_form(
    app: Flask, house: DeskHouse, rule: str
) -> None:
    permission = ROUTES["POST", rule]
    role = next(one for one in Role if permission is ANYONE or one in MAY[permission])
    browser = sign_in(app, hire(house, "shen.du", role))
    address = re.sub(r"<[^>]+>", "x", rule)
    answer = browser.client.post(address, base_url=browser.origin, data={"csrf_token": "forged"})
    assert answer.status_code in {400, 403, 404, 422}


def test_a_view_that_nobody_decided_about_stops_the_start(app: Flask) -> None:
    def forgotten() -> str:
        return "open to the world"

    app.view_functions["forgotten"] = forgotten
    with pytest.raises(UnguardedView):
        access.check_every_view(app)


def test_an_unknown_permission_is_refused_at_import() -> None:
    with pytest.raises(ValueError, match="everything"):
        access.allowed("everything")
