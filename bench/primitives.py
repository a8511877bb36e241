"""Argon2id of a tracking code and the sealing of one report, in milliseconds, as JSON."""

import json
import statistics

from portal.commands.instance import FirstKeys
from portal.reference.days import utcnow
from portal.sealing import tracking_code
from portal.sealing.content import ReportContent, Subject
from portal.sealing.seal import seal_identity, seal_report
from tests.citizen import STORY, stopwatch

COUNT = 200


def medians(story: str, count: int) -> dict[str, float]:
    """Return the median milliseconds of Argon2id for a code, and of sealing one report."""
    first = FirstKeys.draw(utcnow())
    manifest = first.manifest(utcnow())
    code = tracking_code.draw()
    deriving: list[float] = []
    sealing: list[float] = []
    for _ in range(count):
        with stopwatch(deriving):
            keys = tracking_code.derive(code, first.pepper)
        content = ReportContent(
            category="village",
            vocabulary="2026-1",
            story=story,
            place="",
            happened="",
            subject=Subject("", "", "", "", ""),
            reply_recipient=keys.reply_recipient,
            verify_key=keys.verify_key,
            helper=False,
        )
        with stopwatch(sealing):
            seal_report(content, manifest)
            seal_identity(None, manifest)
    return {"argon2id": statistics.median(deriving), "sealing": statistics.median(sealing)}


if __name__ == "__main__":
    print(json.dumps(medians(STORY, COUNT)))
