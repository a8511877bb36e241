"""The superior commission with a key that the desk does not have, and cases handed up to it."""

import json
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from portal.desk.domain import cases
from portal.desk.domain.hand_ups import HandingUp, HandUp
from portal.desk.domain.handed_up import PassingOn
from portal.sealing import age
from portal.sealing.keys import Identity
from portal.sealing.manifest import Manifest, NamedRecipient
from portal.sealing.padding import unpad
from portal.superior.tables import SuperiorItem
from tests.desk.arrivals import LATER, Reporter
from tests.desk.casework import Office
from tests.desk.staff import Colleague


@dataclass(frozen=True)
class SuperiorCommission:
    """What only the superior has: two keys, named by the manifest."""

    office: Office
    key: Identity = field(default_factory=Identity.generate)
    recovery: Identity = field(default_factory=Identity.generate)

    def manifest(self) -> Manifest:
        latest = self.office.house.manifest.latest()
        own = {"superior": self.key, "superior_recovery": self.recovery}
        named = {name: NamedRecipient(name, one.recipient) for name, one in own.items()}
        return replace(latest, recipients={**latest.recipients, **named})

    def passing_on(self) -> PassingOn:
        return PassingOn(self.office.house.superior, self.manifest)

    def hand_up(
        self,
        reporter: Reporter,
        *,
        by: Colleague | None = None,
        once: str | None = None,
        revision: int = 0,
    ) -> None:
        """Let whoever has the case, the clerk unless told, hand it up."""
        who, house = by or self.office.clerk, self.office.house
        opener = self.office.opener(who)
        handing = HandingUp(opener, house.superior, house.outbox, self.manifest())
        with house.database.writing() as session:
            case = cases.get(session, reporter.reference, lock=True)
            chosen = HandUp(
                revision or case.revision,
                once or secrets.token_hex(16),
                who.id,
                frozenset({who.id}),
            )
            own = opener.case_key(session, case)
            handing.hand_up(session, case, own, opener.content(case, own), chosen, now=LATER)

    def opened(self, key: Identity | None = None) -> list[dict[str, Any]]:
        """Everything that waits for the superior, as it reads there."""
        house = self.office.house
        with house.database.reading() as session:
            files = session.scalars(select(SuperiorItem.file)).all()
        keys = [key or self.key]
        return [json.loads(unpad(age.decrypt(house.superior.get(name), keys))) for name in files]
