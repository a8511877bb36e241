"""Telephone numbers as people type them, brought to one spelling; checked leniently.

Whether a number exists is not known here: only its shape is looked at, and what looks like a
mobile, a land line with area code or a number with country code is taken.
"""

import re
import unicodedata

EXTENSION = re.compile(
    r"(?P<number>.+?)(?:转|分机号?|ext|x|#|,|、)[^\w]*(?P<extension>\d{1,6})号?",
    re.ASCII | re.IGNORECASE,
)
HYPHENED = re.compile(r"(?P<number>0\d{2,3}-?\d{7,8})-(?P<extension>\d{1,6})", re.ASCII)
MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
# Beijing and the cities of 02x have three digits, all other area codes four.
LAND_LINE = re.compile(r"(?P<area>010|02\d|0\d{3})(?P<number>\d{7,8})", re.ASCII)
SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)
ABROAD = re.compile(r"\+(?!86)\d{7,15}", re.ASCII)
HOME = re.compile(r"(?:\+|00)86(?=1|0?\d{9})", re.ASCII)
DASHES = re.compile(r"[-\N{MINUS SIGN}‐‑‒–—―ー－]+")
# Telephone books of phones put invisible direction marks around the numbers they copy.
LEFT_OUT = re.compile(r"[\s().·•\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


class BadPhone(ValueError):
    """The text has no shape of a telephone number."""


def normal_phone(typed: str) -> str:
    """Return a number in one spelling: `13900000000`, `0990-1238800转123`, `+85212345678`.

    :raises BadPhone: when it looks like no telephone number.
    """
    plain = LEFT_OUT.sub("", DASHES.sub("-", unicodedata.normalize("NFKC", typed)))
    found = EXTENSION.fullmatch(plain) or HYPHENED.fullmatch(plain)
    number, extension = found.group("number", "extension") if found else (plain, "")
    whole = _number(number)
    return f"{whole}转{extension}" if extension else whole


def _number(typed: str) -> str:
    digits = typed.replace("-", "")
    home = HOME.sub("", digits)
    if HOME.match(digits) and not home.startswith(("0", "1")):
        home = "0" + home
    if MOBILE.fullmatch(home) or SERVICE.fullmatch(home) or ABROAD.fullmatch(home):
        return home
    land_line = LAND_LINE.fullmatch(home)
    if land_line is None:
        raise BadPhone
    return "-".join(land_line.groups())
