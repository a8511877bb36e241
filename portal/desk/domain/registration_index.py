"""The keyed index by which registration sheets that say the same find one another.

Each kind of agreement is one HMAC-SHA256 under a key that follows from the intake office's private
key. That key exists only in sessions of people who hold it, so a stolen database answers no guess.
"""

import hmac
import re
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from portal.desk.domain import keys
from portal.desk.domain.boxes import derived
from portal.desk.domain.opening import KeyNotHeld, Opener
from portal.text.mentions import MASK, plain

PURPOSE = "registration index"
TOKEN_BYTES = 16
# What two sheets may share; alone, a post or a category says too little.
COMBINATIONS = (
    ("unit",),
    ("name",),
    ("unit", "name"),
    ("unit", "post"),
    ("name", "post"),
    ("unit", "category"),
    ("name", "category"),
)
WEIGHTS = {"unit": 3, "name": 4, "post": 2, "category": 1}
# The reporter was not sure: that two were not is no agreement.
UNSURE = "unsure"
# 青岚县教育局, 县教育局 and 教育局 are one unit in a county that has one.
UPPER_LEVELS = re.compile(r"^(?:[^省市县镇乡村街]{0,6}[省市县])+(?=.{2})")


def key_for(session: Session, opener: Opener) -> bytes:
    """Return the key of the index.

    :raises portal.desk.domain.opening.KeyNotHeld: to who does not hold the intake office's key.
    """
    office = keys.office_key(session)
    if office.id not in opener.held:
        raise KeyNotHeld
    return derived(opener.held[office.id].seed, PURPOSE)


def tokens(key: bytes, fields: Mapping[str, str]) -> dict[str, str]:
    """Return the tokens of a sheet's fields, by the kind of agreement that each stands for."""
    compared = {name: plain(text) for name, text in fields.items()}
    compared["unit"] = UPPER_LEVELS.sub("", compared["unit"])
    return {
        "-".join(names): _token(key, names, compared)
        for names in COMBINATIONS
        if _tells(names, compared)
    }


def same_fields(kinds: Collection[str]) -> tuple[str, ...]:
    """Return what is the same in two sheets that share tokens of these kinds."""
    shared = {name for kind in kinds for name in kind.split("-")}
    return tuple(name for name in WEIGHTS if name in shared)


def strength(fields: Collection[str]) -> int:
    """Return how much it says that two sheets agree in these fields."""
    return sum(WEIGHTS[name] for name in fields)


def _token(key: bytes, names: Collection[str], compared: Mapping[str, str]) -> str:
    # What is compared has letters and digits alone, so the separator stands in no field.
    message = "\0".join(["-".join(names), *(compared[name] for name in names)])
    return hmac.digest(key, message.encode(), "sha256")[:TOKEN_BYTES].hex()


def _tells(names: Collection[str], compared: Mapping[str, str]) -> bool:
    if not all(compared[name] for name in names):
        return False
    # There is a 王某 in every unit.
    if "name" in names and "unit" not in names and MASK in compared["name"]:
        return False
    return not ("category" in names and compared["category"] == UNSURE)
