"""Nobody opens a name alone, late, twice, without the key, or without the role."""

import pytest
from flask import Flask

from portal.desk.domain.identity_requests import WAITS
from portal.desk.domain.roles import Role
from portal.desk.models.people import PersonRole
from portal.reference.days import utcnow
from tests.desk.casework import at_work
from tests.desk.custody import REFERENCE, WHO, Custodians
from tests.desk.staff import hire


def own_request(custodians: Custodians, asked: str) -> None:
    with custodians.house.database.writing() as session:
        session.delete(session.get_one(PersonRole, (custodians.decider.id, Role.CUSTODIAN_B)))
        session.add(PersonRole(person_id=custodians.asker.id, role=Role.CUSTODIAN_B))
        session.delete(session.get_one(PersonRole, (custodians.asker.id, Role.CUSTODIAN_A)))


def expired(custodians: Custodians, asked: str) -> None:
    custodians.long_ago(asked, WAITS)


def decided(custodians: Custodians, asked: str) -> None:
    custodians.agree(asked, by=custodians.other_decider, now=utcnow())


def without_key(custodians: Custodians, _asked: str) -> None:
    custodians.office.take_keys_from(custodians.decider)


@pytest.mark.parametrize(
    ("before", "act", "sentence"),
    [
        (own_request, "agree", "要由另一个人来同意"),
        (own_request, "refuse", "要由另一个人来同意"),
        (expired, "agree", "已经作废：超过3天没有人处理"),
        (expired, "refuse", "已经作废：超过3天没有人处理"),
        (decided, "agree", "已经有人处理过了"),
        (decided, "refuse", "已经有人处理过了"),
        (without_key, "agree", "您没有本组的密钥"),
    ],
)
def test_a_decision_that_cannot_be_made_is_refused_and_changes_nothing(  # noqa: PLR0917 — fixtures come by name
    app: Flask, custodians: Custodians, asked: str, before, act: str, sentence: str
) -> None:
    before(custodians, asked)
    who = custodians.asker if before is own_request else custodians.decider
    browser = at_work(app, who, f"/identities/{asked}")
    row = custodians.request(asked)
    data = {"csrf_token": browser.page.value("csrf_token"), "reason": "理由不够。"}
    page = browser.post(f"/identities/{asked}/{act}", data, status=409)
    assert sentence in page.main
    assert WHO.full_name not in page.text
    after = custodians.request(asked)
    assert (after.agreed, after.decided_by) == (row.agreed, row.decided_by)


@pytest.mark.parametrize(
    "role", [Role.CLERK, Role.HANDLER, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR]
)
def test_others_meet_403(app: Flask, custodians: Custodians, asked: str, role: Role) -> None:
    browser = at_work(app, hire(custodians.house, "shen.yuan", role))
    token = browser.page.value("csrf_token")
    for path in ("/identities", "/identities/new", f"/identities/{asked}"):
        browser.open(path, status=403)
    for path in ("new", f"{asked}/agree", f"{asked}/refuse", f"{asked}/calls"):
        browser.post(f"/identities/{path}", {"csrf_token": token}, status=403)


@pytest.mark.parametrize(
    ("group", "paths"),
    [("asker", ["{}/agree", "{}/refuse", "{}/calls"]), ("decider", ["new"])],
)
def test_a_group_does_not_do_the_others_part(
    app: Flask, custodians: Custodians, asked: str, *, group: str, paths: list[str]
) -> None:
    browser = at_work(app, getattr(custodians, group), f"/identities/{asked}")
    token = browser.page.value("csrf_token")
    for path in paths:
        browser.post(f"/identities/{path.format(asked)}", {"csrf_token": token}, status=403)


@pytest.mark.parametrize("path", ["/cases", f"/cases/{REFERENCE}", "/intake"])
@pytest.mark.parametrize("group", ["asker", "decider"])
def test_custodians_read_no_report(
    app: Flask, custodians: Custodians, group: str, path: str
) -> None:
    custodians.named_report()
    at_work(app, getattr(custodians, group)).open(path, status=403)


def test_an_unknown_request_is_not_found(app: Flask, custodians: Custodians) -> None:
    browser = at_work(app, custodians.decider)
    token = browser.page.value("csrf_token")
    browser.open("/identities/none", status=404)
    browser.post("/identities/none/agree", {"csrf_token": token}, status=404)
