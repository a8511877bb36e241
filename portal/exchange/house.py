"""What one side brings to the exchange."""

from dataclasses import dataclass

from portal.database import Database
from portal.exchange.host_key import HostKey, Peer
from portal.exchange.messages import Message
from portal.exchange.refusals import BadSchema
from portal.exchange.spool import Spool
from portal.exchange.transport import unwrap, wrap
from portal.store import SealedStore


@dataclass(frozen=True, kw_only=True)
class House:
    """One side: its name (`public` or `desk`), its data, its letterbox, both ends' keys."""

    side: str
    database: Database
    store: SealedStore
    spool: Spool
    host_key: HostKey
    peer: Peer

    def wrap(self, message: Message) -> bytes:
        """Return the bytes of a message that only the other side can open."""
        return wrap(message, self.host_key, self.peer)

    def unwrap(self, data: bytes) -> Message:
        """Return the other side's message.

        :raises Refused: as `transport.unwrap`, and for a message that is not from the other side.
        """
        message = unwrap(data, self.host_key, self.peer)
        if message.source == self.side:
            raise BadSchema("source")
        return message
