"""The key file of one host: its transport identity and its signing key, outside the database."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.exchange.fields import Fields, dump_json, parse_json
from portal.exchange.refusals import BadSchema
from portal.sealing.age import BadKey, Identity, Recipient

OTHERS = 0o077
SEED = re.compile(r"[0-9a-f]{64}")
IDENTITY = re.compile(r"[0-9A-Z-]{1,200}")


class BadHostKey(Exception):
    """Base: the host's key file cannot be used."""


class MissingHostKey(BadHostKey):
    """There is no key file."""


class ExposedHostKey(BadHostKey):
    """Other users of the machine may read the key file."""


class DamagedHostKey(BadHostKey):
    """The key file does not hold a host key."""


@dataclass(frozen=True)
class Peer:
    """What one side knows about the other: where to seal to, and whose signature to ask for."""

    recipient: Recipient
    verify_key: bytes


@dataclass(frozen=True)
class HostKey:
    """A host's private transport identity and private signing key."""

    identity: Identity = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls) -> "HostKey":
        """Make a new key."""
        return cls(Identity.generate(), Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, path: Path) -> "HostKey":
        """Read a key file.

        :raises MissingHostKey: when there is none.
        :raises ExposedHostKey: when its mode lets other users read it.
        :raises DamagedHostKey: when it holds something else.
        """
        try:
            if path.stat().st_mode & OTHERS:
                raise ExposedHostKey(path.name)
            return cls._parse(path.read_bytes())
        except FileNotFoundError as error:
            raise MissingHostKey(path.name) from error
        except (ValueError, BadSchema, BadKey) as error:
            raise DamagedHostKey(path.name) from error

    @classmethod
    def _parse(cls, data: bytes) -> "HostKey":
        fields = Fields(parse_json(data))
        identity = Identity.parse(fields.text("transport", IDENTITY))
        seed = bytes.fromhex(fields.text("signing", SEED))
        fields.end()
        return cls(identity, Ed25519PrivateKey.from_private_bytes(seed))

    def save(self, path: Path) -> None:
        """Write a new key file that only this user may read; FileExistsError when there is one."""
        content = {
            "transport": str(self.identity),
            "signing": self.signing.private_bytes_raw().hex(),
        }
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(dump_json(content))
            file.flush()
            os.fsync(file.fileno())

    @property
    def peer(self) -> Peer:
        """What the other side has to know about this host."""
        return Peer(self.identity.recipient, self.signing.public_key().public_bytes_raw())
