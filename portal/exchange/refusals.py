"""Why a message is not handled now: words that are stored beside it and shown at the desk.

A reason is made of fixed words and names from the schemas, never of what the message says.
"""


class Refused(Exception):
    """Base: this message is kept, with a reason, instead of being handled."""

    word = "refused"

    @property
    def reason(self) -> str:
        """The reason as stored and shown, for example `bad-schema: case`."""
        return f"{self.word}: {self}" if str(self) else self.word


class Unreadable(Refused):
    """Not a message at all, or not one that our key opens."""

    word = "unreadable"


class Unsigned(Refused):
    """The other side's key did not sign this."""

    word = "unsigned"


class PartMismatch(Refused):
    """The parts are not those that the signature covers."""

    word = "part-mismatch"


class UnknownKind(Refused):
    """Authentic, but of a kind or version that this side does not handle."""

    word = "unknown-kind"


class BadSchema(Refused):
    """Authentic, but not what the schema of its kind asks for; says which member is wrong."""

    word = "bad-schema"


class Park(Refused):
    """Raised by a handler that will never accept this message; people look at it."""

    word = "parked"


class Wait(Refused):
    """Raised by a handler that needs another message first; this one is tried again."""

    word = "waiting"
