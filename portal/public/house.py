"""The parts that the public site works with: public keys, sealed files, no way to open a report."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.exchange.outbox import Outbox
from portal.public.domain.admission import FINISH, admit
from portal.public.domain.notices.board import Board
from portal.public.domain.notices.live import Told
from portal.public.domain.own import Watch
from portal.sealing.manifest import Manifest
from portal.sealing.manifest_file import ManifestFile
from portal.sealing.tracking_code import Pepper
from portal.slots import Slots
from portal.store import SealedStore
from portal.web.house import House, current_house


@dataclass(kw_only=True)
class PublicHouse(House):
    """The public side: `peppers` newest first, at most two; `items` are sealed replies.

    `superior` keeps reports that only the superior commission can open. `notices` are the pages
    of notices that were rendered, `told` what the desk was told of them.

    Looking up a code is refused quickly under pressure; filing waits instead, because whoever
    comes to the last step has written for half an hour.
    """

    manifest: ManifestFile
    peppers: tuple[Pepper, ...]
    drafts: SealedStore
    items: SealedStore
    superior: SealedStore
    outbox: Outbox
    tracking_slots: Slots = field(default_factory=lambda: Slots(at_once=2, queue=4))
    filing_slots: Slots = field(default_factory=lambda: Slots(at_once=2, queue=128))
    notices: Board = field(default_factory=Board)
    told: Told = field(default_factory=Told)

    @property
    def watch(self) -> Watch:
        """What in a report raises the question whether this commission may look into it."""
        return Watch.of(self.settings)

    def desk_key(self) -> bytes:
        """Return the key that the desk signs notices with; raises `ManifestError` without one.

        It counts also when the manifest's time is over: what was said may still be read.
        """
        return self.manifest.latest().verify_keys["desk"]

    def admit(self, now: datetime, *, times: float = FINISH) -> Manifest:
        """Return the keys to seal by; raises `Closed` when nothing can be taken.

        `times` is as in `portal.public.domain.admission`.
        """
        reserve = self.settings.service.reserve_mib
        return admit(self.manifest, self.drafts.folder, reserve, now, times=times)


def public_house() -> PublicHouse:
    """Return the house of the public application that answers this request."""
    house = current_house()
    if not isinstance(house, PublicHouse):
        raise TypeError("this is not the public site")
    return house
