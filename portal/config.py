"""Settings, read once: `instance/portal.toml`, overruled by `PORTAL_<SECTION>_<NAME>`.

Each field's `doc` metadata is its line in docs/settings.md; a test holds the two together.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any, get_type_hints

CHECKOUT = Path(__file__).resolve().parent.parent


class UnsafeSetting(Exception):
    """A setting is missing, unknown or unsafe; the message is one sentence for the operator."""


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
    reserve_mib: int = setting("free disk space in MiB below which reports are refused", 200)


SECTIONS: dict[str, type] = {
    "body": Body,
    "superior": Superior,
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
    def desk_folder(self) -> Path:
        """Files of the desk: database, sealed items, its host key and host secret."""
        return self.instance / "desk"


def is_required(one: Field[Any]) -> bool:
    """Tell whether a real instance does not start without this setting."""
    return one.default is MISSING


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of run-time state: `PORTAL_INSTANCE` or `instance/` of the checkout."""
    return Path(environ.get("PORTAL_INSTANCE") or CHECKOUT / "instance").resolve()


def load(instance: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings of an instance.

    :raises UnsafeSetting: with one sentence that says what to mend.
    """
    document = _read_document(instance / "portal.toml")
    demo = document.pop("demo", False) is True
    unknown = sorted(set(document) - set(SECTIONS))
    if unknown:
        raise UnsafeSetting(f"portal.toml: unknown section [{unknown[0]}].")
    sections = {
        name: _section(name, kind, document.get(name, {}), environ)
        for name, kind in SECTIONS.items()
    }
    settings = Settings(instance=instance, demo=demo, **sections)
    _check(settings)
    return settings


def split_bind(bind: str) -> tuple[str, int]:
    """Split `host:port` (IPv6 in brackets).

    :raises UnsafeSetting: when it is not of that form.
    """
    host, separator, port = bind.rpartition(":")
    host = host.strip("[]")
    if not separator or not host or not port.isdigit() or int(port) > 65535:
        raise UnsafeSetting(f"bind = {bind!r} is not of the form host:port.")
    return host, int(port)


def is_loopback(bind: str) -> bool:
    """Tell whether a bind address can be reached from this machine only."""
    host, _port = split_bind(bind)
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _read_document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnsafeSetting(f"{path} is missing: run `portal init` first.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnsafeSetting(f"{path} cannot be read: {error}.") from error


def _section(name: str, kind: type, given: Any, environ: Mapping[str, str]) -> Any:
    if not isinstance(given, dict):
        raise UnsafeSetting(f"portal.toml: [{name}] must be a section.")
    known = {one.name: one for one in fields(kind)}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise UnsafeSetting(f"portal.toml: [{name}] has no setting {unknown[0]!r}.")
    types = get_type_hints(kind)
    values = {
        key: _value(name, one, types[key], given, environ.get(f"PORTAL_{name}_{key}".upper()))
        for key, one in known.items()
    }
    return kind(**values)


def _value(
    section: str, one: Field[Any], kind: Any, given: Mapping[str, Any], override: str | None
) -> Any:
    where = f"portal.toml: [{section}] {one.name}"
    if override is not None:
        name = f"PORTAL_{section}_{one.name}".upper()
        return _from_environment(name, kind, override, required=is_required(one))
    if one.name not in given:
        if is_required(one):
            raise UnsafeSetting(f"{where} is missing: {one.metadata['doc']}.")
        return one.default
    value = given[one.name]
    if kind == tuple[str, ...] and isinstance(value, list):
        value = tuple(value)
    if type(value) is not getattr(kind, "__origin__", kind) or value == "" != one.default:
        raise UnsafeSetting(f"{where} has a wrong value: {one.metadata['doc']}.")
    return value


def _from_environment(name: str, kind: Any, value: str, *, required: bool) -> Any:
    if required and not value:
        raise UnsafeSetting(f"{name} is empty.")
    if kind is bool:
        if value not in {"true", "false"}:
            raise UnsafeSetting(f"{name} must be `true` or `false`.")
        return value == "true"
    if kind is int:
        if not value.isdigit():
            raise UnsafeSetting(f"{name} must be a whole number.")
        return int(value)
    return tuple(value.split(",")) if kind == tuple[str, ...] else value


def _check(settings: Settings) -> None:
    if settings.network.tls_terminator not in {"ours", "waf"}:
        raise UnsafeSetting("portal.toml: [network] tls_terminator must be `ours` or `waf`.")
    for section in (settings.public, settings.desk):
        _check_reach(section, demo=settings.demo)
    if settings.exchange.receipt_level not in {"stored", "safe"}:
        raise UnsafeSetting("portal.toml: [exchange] receipt_level must be `stored` or `safe`.")
    if settings.exchange.part_mib < 1 or not settings.exchange.extension.isalnum():
        raise UnsafeSetting("portal.toml: [exchange] part_mib or extension cannot be used.")


def _check_reach(section: Public | Desk, *, demo: bool) -> None:
    split_bind(section.bind)
    if is_loopback(section.bind):
        return
    if demo:
        raise UnsafeSetting(
            f"A demo has known passwords: it cannot listen on {section.bind}, "
            "only on a loopback address."
        )
    if not section.https:
        raise UnsafeSetting(
            f"Without TLS everybody on the way reads along: with `https = false` nothing listens "
            f"on {section.bind}, only on a loopback address."
        )


def _sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'portal.db'}"
