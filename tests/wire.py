"""A running portal's desk host, as seen from outside: it signs notices and puts them on the way."""

import secrets
from dataclasses import dataclass, field

from portal.commands.exchange import spool
from portal.config import load
from portal.exchange.host_key import HostKey
from portal.exchange.notices import Notice, sign_notice
from portal.exchange.transport import wrap
from portal.reference.days import local_day, utcnow
from tests.public.released import crossing
from tests.running import RunningPortal


@dataclass
class Wire:
    """What crosses down to the public site of a portal, in a stream of its own."""

    portal: RunningPortal
    epoch: str = field(default_factory=lambda: secrets.token_hex(8))
    sequence: int = 0

    def release(self, *notices: Notice) -> None:
        """Send notices that this portal's desk host signed."""
        settings = load(self.portal.instance)
        desk = HostKey.load(settings.desk_folder / "host.key")
        public = HostKey.load(settings.public_folder / "host.key").peer
        for one in notices:
            self.sequence += 1
            today = local_day(utcnow())
            message = crossing(one, sign_notice(one, desk.signing), today)
            data = wrap(message.placed(self.epoch, self.sequence), desk, public)
            spool("desk", settings).send(message.id, data, today)
