"""A citizen who filed a report, and a desk that tells how it stands."""

import pytest

from portal.exchange.kinds import Progress, SealedReply, Step
from portal.exchange.messages import Message
from portal.public.domain.derivation import derive_all
from portal.public.domain.progress import ProgressKeeper
from portal.public.models.cases import Case
from portal.reference.days import local_day
from portal.sealing.content import Words
from portal.sealing.seal import seal_words
from portal.sealing.tracking_code import TrackingCode
from tests.public.stories import file_report, rows


@pytest.fixture
def code(visitor):
    """A report that was filed and cleared from the phone."""
    code = file_report(visitor)
    visitor.press("清除这部手机上的记录")
    return code


@pytest.fixture
def tell(house, code, now):
    """Let the desk tell a state, with words of its own."""

    def tell(
        state,
        words="",
        purpose="answer",
        due=None,
        *,
        revision=1,
        provisional=False,
        flags=(),
        steps=(),
    ):
        (case,) = rows(house, Case)
        keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
        today = local_day(now)
        sealed = seal_words(Words(words, today), [keys.reply_recipient])
        progress = Progress(
            case=case.id,
            revision=revision,
            steps=tuple(Step(one, today) for one in ("received", *steps, state)),
            flags=flags,
            due=due,
            due_provisional=provisional,
            replies=(SealedReply("reply-1", purpose, today),) if words else (),
        )
        parts = {"reply-1": sealed} if words else {}
        message = Message("a" * 32, "progress", "desk", today, progress.data(), parts)
        with house.database.writing() as session:
            ProgressKeeper(house.items).receive(session, message, now)

    return tell
