"""Every setting there is, by section; `portal.config` reads and checks them.

Each field's `doc` metadata is its line in docs/settings.md; a test holds the two together.
"""

from dataclasses import MISSING, Field, dataclass, field
from pathlib import Path
from typing import Any


def setting(doc: str, default: Any = MISSING) -> Any:
    """Declare one setting; without a default a real instance does not start without it."""
    return field(default=default, metadata={"doc": doc}, kw_only=True)


@dataclass(frozen=True)
class Body:
    """The commission that runs the portal, as every page names it."""

    name: str = setting("name of the commission, on every page")
    phone: str = setting("telephone number, on every page and error page")
    address: str = setting("address where people are received")
    hours: str = setting("hours in which telephone and counter are staffed")
    petition_address: str = setting("address of the petition office (信访局), for /report/not-ours")


@dataclass(frozen=True)
class Superior:
    """The next higher commission, for whatever this one must not handle itself."""

    name: str = setting("name of the superior commission")
    phone: str = setting("its telephone number")
    address: str = setting("its address")
    url: str = setting("address of its own reporting site")


@dataclass(frozen=True)
class SuperiorRoute:
    """Whom this commission must not look into itself; a match only raises a question."""

    own_leaders: tuple[str, ...] = setting("names of its leaders and staff, as people write", ())
    own_units: tuple[str, ...] = setting("names of its own offices, beside the body's name", ())
    upper_levels: tuple[str, ...] = setting(
        "codes of ranks or categories that are the superior's", ("L1", "L2", "L3")
    )


@dataclass(frozen=True)
class Regions:
    """The county's regions, of which notices carry the codes."""

    names: tuple[str, ...] = setting("codes with their names, each as `990001 柳溪镇`", ())

    def name_of(self, code: str) -> str:
        """Return the name of a region; a code that has none stays a code."""
        known = dict(one.split(None, 1) for one in self.names)
        return known.get(code, code)


@dataclass(frozen=True)
class Network:
    """What the network in front of the public site can see; decides the text on /privacy."""

    tls_terminator: str = setting("who ends TLS: `ours` (this host) or `waf` (a gateway in front)")
    log_keeper: str = setting("who keeps the network's access logs")


@dataclass(frozen=True)
class Footer:
    """Registration numbers in the footer; an empty one is not shown."""

    site_code: str = setting("网站标识码", "")
    icp: str = setting("ICP 备案号", "")
    police: str = setting("公安备案号", "")


@dataclass(frozen=True)
class Public:
    """The public site."""

    bind: str = setting("host:port that the public site listens on", "127.0.0.1:8000")
    hosts: tuple[str, ...] = setting("host names it answers to", ("127.0.0.1", "localhost"))
    https: bool = setting("reached over TLS: `Secure` cookies, HSTS", default=True)
    proxy: str = setting("address of the only proxy whose X-Forwarded-* headers count", "")
    database: str = setting("SQLAlchemy URL; empty is SQLite in the instance folder", "")


@dataclass(frozen=True)
class Desk:
    """The staff desk."""

    bind: str = setting("host:port that the desk listens on", "127.0.0.1:8001")
    hosts: tuple[str, ...] = setting("host names it answers to", ("127.0.0.1", "localhost"))
    https: bool = setting("reached over TLS: `Secure` cookies, HSTS", default=True)
    proxy: str = setting("address of the only proxy whose X-Forwarded-* headers count", "")
    database: str = setting("SQLAlchemy URL; empty is SQLite in the instance folder", "")
    origin: str = setting(
        "address that staff open, as `https://desk.example`; passkeys belong to it, "
        "empty offers none over TLS",
        "",
    )


@dataclass(frozen=True)
class Exchange:
    """The letterbox between the two sides."""

    spool: str = setting("folder with `up` and `down`; empty is `spool` in the instance folder", "")
    extension: str = setting("file name extension that the gateway (网闸) lets pass", "msg")
    part_mib: int = setting("largest file in MiB that the gateway takes", 8)
    interval_seconds: int = setting("how often each relay looks for work", 2)
    resend_seconds: int = setting("how long to wait for a receipt before sending again", 600)
    receipt_level: str = setting(
        "when a message is let go: the other side has it `stored`, or `safe` in a backup", "stored"
    )
    jitter_seconds: int = setting("random delay before a batch is handed over", 60)


@dataclass(frozen=True)
class Service:
    """What is promised to citizens."""

    first_look_days: int = setting("working days within which a report is first looked at", 5)
    retention_days: int = setting("days for which progress stays visible after closing", 730)
    reserve_mib: int = setting(
        "free disk space in MiB below which nothing is taken; new reports stop at twice as much",
        200,
    )


SECTIONS: dict[str, type] = {
    "body": Body,
    "superior": Superior,
    "superior_route": SuperiorRoute,
    "regions": Regions,
    "network": Network,
    "footer": Footer,
    "public": Public,
    "desk": Desk,
    "exchange": Exchange,
    "service": Service,
}


@dataclass(frozen=True)
class Settings:
    """Everything an operator decides, checked."""

    instance: Path
    demo: bool
    body: Body
    superior: Superior
    network: Network
    footer: Footer
    public: Public
    desk: Desk
    exchange: Exchange
    service: Service
    superior_route: SuperiorRoute = SuperiorRoute()
    regions: Regions = Regions()

    @property
    def spool(self) -> Path:
        """The folder that holds the two spool directions."""
        return Path(self.exchange.spool) if self.exchange.spool else self.instance / "spool"

    @property
    def public_database(self) -> str:
        """SQLAlchemy URL of the public site's database."""
        return self.public.database or _sqlite_url(self.public_folder)

    @property
    def desk_database(self) -> str:
        """SQLAlchemy URL of the desk's database."""
        return self.desk.database or _sqlite_url(self.desk_folder)

    @property
    def public_folder(self) -> Path:
        """Files of the public site: database, drafts, sealed items, its host key."""
        return self.instance / "public"

    @property
    def superior_folder(self) -> Path:
        """Numbered files for the superior commission, and its receipts."""
        return self.instance / "superior"

    @property
    def superior_desk_folder(self) -> Path:
        """The same, for what the desk hands up."""
        return self.instance / "superior-desk"

    @property
    def desk_folder(self) -> Path:
        """Files of the desk: database, sealed items, its host key and host secret."""
        return self.instance / "desk"


def is_required(one: Field[Any]) -> bool:
    """Tell whether a real instance does not start without this setting."""
    return one.default is MISSING


def _sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'portal.db'}"
