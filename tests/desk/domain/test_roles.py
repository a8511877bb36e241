"""Which roles go together, and who may hold which key."""

import pytest

from portal.desk.domain import roles
from portal.desk.domain.roles import Role, RolesClash


@pytest.mark.parametrize(
    "given",
    [
        [Role.CLERK],
        [Role.CLERK, Role.HANDLER],
        [Role.AUDITOR],
        [Role.ANALYST],
        [Role.SECURITY_ADMINISTRATOR],
        [Role.SYSTEM_ADMINISTRATOR],
        [Role.AUDITOR, Role.AUDITOR],
        [Role.CUSTODIAN_A],
        [Role.CUSTODIAN_B],
        [Role.EDITOR, Role.APPROVER],
        [Role.EDITOR, Role.HANDLER],
    ],
)
def test_roles_that_go_together(given: list[Role]) -> None:
    roles.check(given)


@pytest.mark.parametrize(
    "given",
    [
        [],
        [Role.SECURITY_ADMINISTRATOR, Role.AUDITOR],
        [Role.SECURITY_ADMINISTRATOR, Role.CLERK],
        [Role.AUDITOR, Role.HANDLER],
        [Role.ANALYST, Role.CLERK],
        [Role.ANALYST, Role.AUDITOR],
        [Role.CUSTODIAN_A, Role.CUSTODIAN_B],
        [Role.CUSTODIAN_A, Role.CLERK],
        [Role.CUSTODIAN_B, Role.HANDLER],
        [Role.CUSTODIAN_B, Role.SECURITY_ADMINISTRATOR],
        [Role.CUSTODIAN_A, Role.AUDITOR],
        [Role.SYSTEM_ADMINISTRATOR, Role.CLERK],
        [Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR],
        [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR],
        [Role.EDITOR, Role.SECURITY_ADMINISTRATOR],
        [Role.APPROVER, Role.AUDITOR],
        [Role.APPROVER, Role.CUSTODIAN_A],
        [Role.EDITOR, Role.ANALYST],
    ],
)
def test_roles_that_clash(given: list[Role]) -> None:
    with pytest.raises(RolesClash):
        roles.check(given)


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.CLERK, {"intake", "office"}),
        (Role.HANDLER, {"office"}),
        (Role.ANALYST, {"statistics"}),
        (Role.SECURITY_ADMINISTRATOR, set()),
        (Role.AUDITOR, set()),
        (Role.CUSTODIAN_A, {"custodian_a"}),
        (Role.CUSTODIAN_B, {"custodian_b"}),
        (Role.SYSTEM_ADMINISTRATOR, set()),
        (Role.EDITOR, {"notices"}),
        (Role.APPROVER, {"notices"}),
    ],
)
def test_each_role_holds_its_own_kinds_of_keys(role: Role, kinds: set[str]) -> None:
    known = ("intake", "office", "statistics", "custodian_a", "custodian_b", "notices", "other")
    assert {kind for kind in known if roles.may_hold([role], kind)} == kinds
