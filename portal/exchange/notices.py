"""The document of a notice: everything that the public may read of it, signed by the desk.

Its bytes are kept as they came and shown as they are, so whoever has the desk's verify key can
check a notice without this program.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.fields import Fields, Json, dump_json, parse_json
from portal.exchange.kinds.publications import MAX_VERSION
from portal.exchange.kinds.records import ID
from portal.exchange.refusals import BadSchema
from portal.exchange.signing import open_signed, sign, unverified
from portal.reference.days import COUNTY_ZONE

PAYLOAD_TYPE = "application/vnd.portal.notice+json"
PUBLISHED = "published"
WITHDRAWN = "withdrawn"
NAMED = "named"
ANONYMISED = "anonymised"

NUMBER = re.compile(r"[0-9]{4}-[0-9]{4}")
STATE = re.compile(f"{PUBLISHED}|{WITHDRAWN}")
MODE = re.compile(f"{NAMED}|{ANONYMISED}")
KIND = re.compile(r"N[0-9]{2}")
AREA = re.compile(r"(A[0-9]{2})?")
REGION = re.compile(r"[0-9]{0,12}")
MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}\+08:00")
TITLE = re.compile(r"[^\x00-\x1f]{1,200}")
LINE = re.compile(r"[^\x00-\x1f]{0,200}")
SUMMARY = re.compile(r"[^\x00]{0,1000}")
WORDS = re.compile(r"[^\x00]{1,2000}")
REASON = re.compile(r"[^\x00]{0,2000}")
BODY = re.compile(r"[^\x00]{0,200000}")
MAX_CORRECTIONS = 100
MOST = 1_000_000


@dataclass(frozen=True)
class Counts:
    """How often, how many cases, how many people: 次、案、人, never added up."""

    times: int
    cases: int
    people: int


@dataclass(frozen=True)
class Correction:
    """What was put right on a day: both texts stay readable."""

    on: date
    why: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One version of a notice; `not_before` is an aware instant, or None for at once.

    A withdrawn one keeps number, title and kind, has an empty body, a reason and the day on which
    it was withdrawn; the first ones that were signed do not say the day. `body` is clean HTML
    (`portal.text.sanitise`). `answers` is the number of the notice that a clarification answers.
    """

    notice: str
    version: int
    number: str
    state: str
    kind: str
    mode: str
    title: str
    summary: str
    body: str
    region: str
    area: str
    published_on: date
    not_before: datetime | None
    counts: Counts
    recovered: str
    review_on: date | None
    answers: str | None
    expires_on: date | None
    corrections: tuple[Correction, ...]
    reason: str
    withdrawn_on: date | None = None

    def to_bytes(self) -> bytes:
        """Return the canonical JSON that is signed."""
        withdrawn = {"withdrawn_on": _day(self.withdrawn_on)} if self.withdrawn_on else {}
        return dump_json(
            {
                **withdrawn,
                "notice": self.notice,
                "version": self.version,
                "number": self.number,
                "state": self.state,
                "kind": self.kind,
                "mode": self.mode,
                "title": self.title,
                "summary": self.summary,
                "body": self.body,
                "region": self.region,
                "area": self.area,
                "published_on": self.published_on.isoformat(),
                "not_before": _minute(self.not_before),
                "counts": {
                    "times": self.counts.times,
                    "cases": self.counts.cases,
                    "people": self.counts.people,
                },
                "recovered": self.recovered,
                "review_on": _day(self.review_on),
                "answers": self.answers,
                "expires_on": _day(self.expires_on),
                "corrections": [_correction(one) for one in self.corrections],
                "reason": self.reason,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote.

        :raises BadSchema: naming the member that is wrong, missing or too much.
        """
        try:
            fields = Fields(parse_json(data), "notice")
        except ValueError as error:
            raise BadSchema("notice") from error
        notice = cls(
            notice=fields.text("notice", ID),
            version=fields.integer("version", least=1, most=MAX_VERSION),
            number=fields.text("number", NUMBER),
            state=fields.text("state", STATE),
            kind=fields.text("kind", KIND),
            mode=fields.text("mode", MODE),
            title=fields.text("title", TITLE),
            summary=fields.text("summary", SUMMARY),
            body=fields.text("body", BODY),
            region=fields.text("region", REGION),
            area=fields.text("area", AREA),
            published_on=fields.day("published_on"),
            not_before=_instant(fields.text_or_none("not_before", MINUTE)),
            counts=_counts(fields.object("counts")),
            recovered=fields.text("recovered", LINE),
            review_on=fields.day_or_none("review_on"),
            answers=fields.text_or_none("answers", NUMBER),
            expires_on=fields.day_or_none("expires_on"),
            corrections=_corrections(fields),
            reason=fields.text("reason", REASON),
            withdrawn_on=fields.day("withdrawn_on") if fields.has("withdrawn_on") else None,
        )
        fields.end()
        if (notice.state == WITHDRAWN) != bool(notice.reason):
            raise BadSchema("reason")
        if notice.state == WITHDRAWN and notice.body:
            raise BadSchema("body")
        if notice.state != WITHDRAWN and notice.withdrawn_on:
            raise BadSchema("withdrawn_on")
        return notice


def sign_notice(notice: Notice, key: Ed25519PrivateKey) -> bytes:
    """Return the part `document` of a publication: a DSSE envelope around the notice."""
    return sign(notice.to_bytes(), key, PAYLOAD_TYPE)


def open_notice(document: bytes, verify_key: bytes) -> Notice:
    """Return the notice that the owner of a raw 32-byte verify key signed.

    :raises Unreadable: when this is no envelope around a notice.
    :raises Unsigned: when the key did not sign it.
    :raises BadSchema: when it is signed and no notice.
    """
    return Notice.from_bytes(open_signed(document, verify_key, PAYLOAD_TYPE))


def own_notice(document: bytes) -> Notice:
    """Return the notice of a document that one signed and kept oneself; errors as above."""
    return Notice.from_bytes(unverified(document, PAYLOAD_TYPE))


def _minute(instant: datetime | None) -> str | None:
    return f"{instant.astimezone(COUNTY_ZONE):%Y-%m-%dT%H:%M}+08:00" if instant else None


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadSchema("not_before") from error


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _correction(one: Correction) -> dict[str, Json]:
    return {"on": one.on.isoformat(), "why": one.why, "before": one.before, "after": one.after}


def _counts(value: Mapping[str, Json]) -> Counts:
    fields = Fields(value, "counts")
    counts = Counts(
        *(fields.integer(name, least=0, most=MOST) for name in ("times", "cases", "people"))
    )
    fields.end()
    return counts


def _corrections(data: Fields) -> tuple[Correction, ...]:
    corrections = []
    for fields in data.objects("corrections", most=MAX_CORRECTIONS):
        corrections.append(
            Correction(
                on=fields.day("on"),
                why=fields.text("why", WORDS),
                before=fields.text("before", WORDS),
                after=fields.text("after", WORDS),
            )
        )
        fields.end()
    return tuple(corrections)
