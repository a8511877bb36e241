"""For which address passkeys are made: they are good there and nowhere else."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.config import split_bind
from portal.settings import Desk, Settings

THIS_MACHINE = "localhost"
LOOPBACK = frozenset({THIS_MACHINE, "127.0.0.1"})


@dataclass(frozen=True)
class RelyingParty:
    """The desk as browsers know it: host name, name to show, and the whole origin."""

    id: str
    name: str
    origin: str


def relying_party(settings: Settings) -> RelyingParty | None:
    """Return for which address passkeys are made; None when the settings name none.

    A passkey belongs to a host name, never to an IP address, and browsers offer it over TLS or
    on `localhost` only.
    """
    origin = settings.desk.origin or _this_machine(settings.desk)
    host = urlsplit(origin).hostname
    return RelyingParty(host, settings.body.name, origin) if host else None


def _this_machine(desk: Desk) -> str:
    host, port = split_bind(desk.bind)
    if desk.https or host not in LOOPBACK or THIS_MACHINE not in desk.hosts:
        return ""
    return f"http://{THIS_MACHINE}:{port}"
