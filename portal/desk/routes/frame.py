"""What stands around every page of the desk: who is signed in, and the doors open to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, g

from portal.desk.domain.notices import comparing
from portal.desk.domain.roles import Permission
from portal.desk.forms.notice_words import said_reasons
from portal.desk.forms.signing_in import SignOutForm
from portal.desk.forms.words import (
    CHANGES,
    CLOCK_NAMES,
    FIELD_NAMES,
    KEY_KINDS,
    PRESSED_NAMES,
    PURPOSE_NAMES,
    ROLE_HINTS,
    STANDING_WORDS,
    role_names,
)
from portal.desk.house import desk_house
from portal.desk.routes import challenges, proof
from portal.desk.routes.access import anyone_signed_in
from portal.reference.days import COUNTY_ZONE
from portal.reference.vocabulary import UnknownCode, vocabulary
from portal.text.marks import runs


@dataclass(frozen=True)
class Door:
    """One entry of the navigation; `count` is shown beside it when it is not 0."""

    path: str
    label: str
    permission: Permission
    count: int = 0


DOORS = (
    Door("/", "首页", Permission.HOME),
    Door("/intake", "新收", Permission.INTAKE),
    Door("/cases", "举报", Permission.CASES),
    Door("/notices", "通报", Permission.NOTICES),
    Door("/identities", "打开身份", Permission.IDENTITIES),
    Door("/statistics", "统计", Permission.STATISTICS),
    Door("/deadlines", "期限", Permission.CASES),
    Door("/exchange", "内外网交换", Permission.EXCHANGE),
    Door("/people", "人员", Permission.PEOPLE),
    Door("/offices", "部门", Permission.OFFICES),
    Door("/keys", "密钥", Permission.KEYS),
    Door("/audit", "审计", Permission.AUDIT),
    Door("/calendar", "工作日历", Permission.CALENDAR),
    Door("/account", "我的账号", Permission.ACCOUNT),
)


@dataclass(frozen=True)
class Staff:
    """The person at the keyboard, as the masthead names them."""

    name: str
    roles: str


def install(app: Flask) -> None:
    """Give every template the frame and the desk's words."""
    app.context_processor(_frame)
    app.jinja_env.filters["moment"] = spoken_moment
    app.jinja_env.filters["role_names"] = role_names
    app.jinja_env.filters["runs"] = runs
    app.jinja_env.filters["category_label"] = vocabulary().category_label
    app.jinja_env.filters["level_label"] = level_label
    app.jinja_env.filters["channel_label"] = channel_label
    app.jinja_env.filters["unit_label"] = unit_label
    app.jinja_env.filters["notice_label"] = comparing.said
    app.jinja_env.filters["region_label"] = region_label
    app.jinja_env.globals.update(
        said_reasons=said_reasons,
        proof_wanted=proof.wanted,
        passkeys_here=challenges.party,
        key_kinds=KEY_KINDS,
        role_hints=ROLE_HINTS,
        change_names=CHANGES,
        standing_words=STANDING_WORDS,
        clock_names=CLOCK_NAMES,
        field_names=FIELD_NAMES,
        purpose_names=PURPOSE_NAMES,
        pressed_names=PRESSED_NAMES,
    )


def spoken_moment(instant: datetime) -> str:
    """Return an instant as staff read it, in Asia/Shanghai: 2026-11-20 15:04."""
    return f"{instant.astimezone(COUNTY_ZONE):%Y-%m-%d %H:%M}"


def level_label(code: str) -> str:
    """Return the words for a rank; a code that nobody knows stays as it came, inside a report."""
    try:
        return vocabulary().level(code).plain
    except UnknownCode:
        return code


def channel_label(code: str) -> str:
    """Return how a report came: the vocabulary's words without what they explain in brackets."""
    return vocabulary().channel(code).label.partition("（")[0]


def unit_label(code: str) -> str:
    """Return the words for a kind of unit; what an older vocabulary had stays a code."""
    try:
        return vocabulary().unit_type(code).label
    except UnknownCode:
        return code


def region_label(code: str) -> str:
    """Return the name that the settings give a region; without one the code."""
    return desk_house().settings.regions.name_of(code)


def _frame() -> dict[str, Any]:
    person = anyone_signed_in()
    if person is None:
        return {"staff": None, "desk_nav": (), "restored": False}
    return {
        "staff": Staff(person.display_name, role_names(person.roles)),
        "sign_out_form": SignOutForm(formdata=None),
        "desk_nav": [door for door in DOORS if person.may(door.permission)],
        "restored": g.get("restored", False),
    }
