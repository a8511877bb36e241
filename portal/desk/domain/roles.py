"""Who may do what: a small table, read by every route of the desk."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the desk."""

    CLERK = "clerk"
    HANDLER = "handler"
    ANALYST = "analyst"
    CUSTODIAN_A = "custodian_a"
    CUSTODIAN_B = "custodian_b"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    EDITOR = "editor"
    APPROVER = "approver"


class Permission(StrEnum):
    """What a route asks for."""

    HOME = "home"
    ACCOUNT = "account"
    INTAKE = "intake"
    CASES = "cases"
    ACTS = "acts"
    EXCHANGE = "exchange"
    KEYS = "keys"
    HOLD_KEYS = "hold_keys"
    PEOPLE = "people"
    AUDIT = "audit"
    STATISTICS = "statistics"
    RETRY = "retry"
    OFFICES = "offices"
    ASSIGN = "assign"
    IDENTITIES = "identities"
    ASK_IDENTITY = "ask_identity"
    DECIDE_IDENTITY = "decide_identity"
    CALENDAR = "calendar"
    NOTICES = "notices"
    DRAFT = "draft"
    APPROVE = "approve"
    NAME_DEPUTY = "name_deputy"


EVERYONE = frozenset({Permission.HOME, Permission.ACCOUNT, Permission.KEYS})
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: EVERYONE
    | {
        Permission.INTAKE,
        Permission.CASES,
        Permission.ACTS,
        Permission.EXCHANGE,
        Permission.HOLD_KEYS,
        Permission.RETRY,
        Permission.ASSIGN,
    },
    Role.HANDLER: EVERYONE | {Permission.CASES, Permission.ACTS, Permission.HOLD_KEYS},
    Role.ANALYST: EVERYONE | {Permission.STATISTICS, Permission.HOLD_KEYS},
    Role.CUSTODIAN_A: EVERYONE
    | {Permission.IDENTITIES, Permission.ASK_IDENTITY, Permission.HOLD_KEYS},
    Role.CUSTODIAN_B: EVERYONE
    | {Permission.IDENTITIES, Permission.DECIDE_IDENTITY, Permission.HOLD_KEYS},
    Role.SECURITY_ADMINISTRATOR: EVERYONE
    | {Permission.PEOPLE, Permission.EXCHANGE, Permission.OFFICES},
    Role.AUDITOR: EVERYONE | {Permission.AUDIT, Permission.EXCHANGE},
    Role.SYSTEM_ADMINISTRATOR: EVERYONE | {Permission.CALENDAR},
    Role.EDITOR: EVERYONE | {Permission.NOTICES, Permission.DRAFT, Permission.HOLD_KEYS},
    Role.APPROVER: EVERYONE
    | {
        Permission.NOTICES,
        Permission.APPROVE,
        Permission.NAME_DEPUTY,
        Permission.HOLD_KEYS,
    },
}
# What an approver's deputy may do besides; naming a deputy is not among it.
DEPUTISED = frozenset({Permission.APPROVE})
ADMINISTRATORS = frozenset({Role.SECURITY_ADMINISTRATOR, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR})
CUSTODIANS = frozenset({Role.CUSTODIAN_A, Role.CUSTODIAN_B})
# Whoever opens ratings must not be able to tell whose they are.
STANDS_ALONE = ADMINISTRATORS | CUSTODIANS | {Role.ANALYST}
# A clerk opens what comes in; a handler only what was given to the office.
KEY_KINDS: dict[Role, frozenset[str]] = {
    Role.CLERK: frozenset({"intake", "office"}),
    Role.HANDLER: frozenset({"office"}),
    Role.ANALYST: frozenset({"statistics"}),
    Role.CUSTODIAN_A: frozenset({"custodian_a"}),
    Role.CUSTODIAN_B: frozenset({"custodian_b"}),
    Role.SECURITY_ADMINISTRATOR: frozenset(),
    Role.AUDITOR: frozenset(),
    Role.SYSTEM_ADMINISTRATOR: frozenset(),
    Role.EDITOR: frozenset({"notices"}),
    Role.APPROVER: frozenset({"notices"}),
}


class RolesClash(Exception):
    """A role that stands alone would be joined by another, or a person has none at all."""


def check(roles: Collection[Role]) -> None:
    """Check roles that one person is to hold together.

    An administrator's role stands alone: whoever manages people, reads the audit log or keeps the
    calendar works on no cases, and nobody is two kinds of administrator. So does a custodian's:
    nobody opens both layers of a name, and whoever opens one reads no report. An analyst sees no
    case. Who drafts notices and who releases them may be one person: never on the same notice.

    :raises RolesClash: when they do not go together.
    """
    if not roles or (len(set(roles)) > 1 and STANDS_ALONE & set(roles)):
        raise RolesClash


def permits(roles: Collection[Role], permission: Permission) -> bool:
    """Tell whether one of the roles has the permission."""
    return any(permission in PERMISSIONS[role] for role in roles)


def may_hold(roles: Collection[Role], kind: str) -> bool:
    """Tell whether one of the roles may hold a shared key of this kind."""
    return any(kind in KEY_KINDS[role] for role in roles)
