"""Ended cases with their ratings, as the letterbox leaves them, and the analyst who counts them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.desk.domain.letters import LETTER
from portal.desk.domain.roles import Role
from portal.desk.house import DeskHouse
from portal.desk.models.cases import ONLINE
from portal.desk.models.ratings import CaseRating
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating, seal_rating
from tests.desk.casework import a_row
from tests.desk.staff import Colleague, hire, make_key

KEY = "statistics-1"
# Ten people: nine and one, seven of ten, all, none; question `site` is skipped by one.
TEN = (
    *[Rating(timely=5, attitude=4, speed=3, site=1, solved="yes")] * 6,
    Rating(timely=4, attitude=4, speed=5, site=2, solved="partly", comment="等得久了点"),
    *[Rating(timely=3, attitude=1, speed=4, site=2, solved="no", comment="\u202e没有人来过")] * 2,
    Rating(timely=2, attitude=2, speed=5, solved="unknown", comment="=1+1"),
)


@dataclass(frozen=True)
class Analysts:
    """A desk with two analysts who hold the statistics key; tests watch the first one."""

    house: DeskHouse
    analyst: Colleague
    key: Identity

    def ended(
        self,
        ratings: Sequence[Rating | None],
        on: date,
        *,
        first: int = 1,
        category: str | None = "village",
        state: str = "closed",
        claimed_slip: bool | None = None,
        key: Identity | None = None,
    ) -> None:
        """Let so many cases have come and ended on a day, each with its rating or without one.

        :param claimed_slip: for letters, as in the case's row; None for what came over the site
        """
        recipient = (key or self.key).recipient
        with self.house.database.writing() as session:
            for number, rating in enumerate(ratings, first):
                case = a_row(number)
                case.received_on = case.state_on = on
                case.state, case.category = state, category
                case.channel = ONLINE if claimed_slip is None else LETTER
                case.claimed_slip = claimed_slip
                session.add(case)
                session.flush()
                if rating is not None:
                    sealed = seal_rating(rating, [recipient])
                    row = CaseRating(
                        id=secrets.token_hex(16),
                        case_id=case.id,
                        on=on,
                        statement="",
                        signature="",
                        file=self.house.items.put_for(session, sealed),
                    )
                    session.add(row)


def hire_analysts(house: DeskHouse) -> Analysts:
    """Hire two analysts and let both hold the key."""
    first = hire(house, "tang.zhi", Role.ANALYST, display_name="唐知")
    second = hire(house, "lu.jing", Role.ANALYST, display_name="陆静")
    return Analysts(house, first, make_key(house, KEY, "statistics", [first, second]))
