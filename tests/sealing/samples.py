"""Invented keys, reports and manifests for the tests of sealing, and two published examples."""

from datetime import UTC, datetime, timedelta

from portal.sealing.age import Identity
from portal.sealing.content import ReportContent, Subject
from portal.sealing.manifest import RECIPIENT_NAMES, Manifest, NamedRecipient
from portal.sealing.password_box import PasswordCost

# The example of C2SP age.md, and the first part of the recipient it prints.
EXAMPLE_IDENTITY = "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
EXAMPLE_RECIPIENT_START = "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87pzf5zrqt"

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LOW_COST = PasswordCost(memory_kib=64, time=1)
STORY = "柳溪镇柳河村去年修路的钱至今没有公开，会计说“没有这回事”。𠮷姓村民可以作证。"


def identities() -> dict[str, Identity]:
    return {name: Identity.generate() for name in RECIPIENT_NAMES}


def manifest(keys: dict[str, Identity], **changes: object) -> Manifest:
    values: dict[str, object] = {
        "version": 3,
        "issued_at": NOW - timedelta(days=1),
        "not_before": NOW - timedelta(days=1),
        "not_after": NOW + timedelta(days=365),
        "recipients": {
            name: NamedRecipient(key.recipient.key_id, key.recipient) for name, key in keys.items()
        },
        "verify_keys": {"desk": bytes(32), "public": b"\1" * 32},
        "peppers": ("p2", "p1"),
    }
    return Manifest(**(values | changes))  # type: ignore[arg-type]


def report(**changes: object) -> ReportContent:
    values: dict[str, object] = {
        "category": "village",
        "vocabulary": "2026-1",
        "story": STORY,
        "place": "青岚县柳溪镇",
        "happened": "2025年秋天",
        "subject": Subject(unit="柳河村村委会", post="会计", level="L6"),
        "reply_recipient": Identity.from_seed(b"r" * 32).recipient,
        "verify_key": b"v" * 32,
    }
    return ReportContent(**(values | changes))  # type: ignore[arg-type]
