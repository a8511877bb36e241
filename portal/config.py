"""Settings, read once: `instance/portal.toml`, overruled by `PORTAL_<SECTION>_<NAME>`."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import Field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import SplitResult, urlsplit

from portal.settings import (
    SECTIONS,
    Desk,
    Public,
    Regions,
    Settings,
    SuperiorRoute,
    is_required,
)

REGION = re.compile(r"[0-9]{6,12} \S(.*\S)?")
CHECKOUT = Path(__file__).resolve().parent.parent


class UnsafeSetting(Exception):
    """A setting is missing, unknown or unsafe; the message is one sentence for the operator."""


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
    _check_origin(settings.desk)
    _check_names(settings.superior_route)
    _check_regions(settings.regions)
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


def _check_origin(desk: Desk) -> None:
    if not desk.origin:
        return
    parts = urlsplit(desk.origin)
    if parts.scheme != "https" or desk.origin != f"https://{parts.netloc}" or _is_ip(parts):
        raise UnsafeSetting(
            f"portal.toml: [desk] origin = {desk.origin!r} is not of the form https://host: "
            "passkeys belong to a host name reached over TLS, not to an IP address."
        )
    if parts.hostname not in desk.hosts:
        raise UnsafeSetting("portal.toml: [desk] origin must be at one of the names in `hosts`.")


def _is_ip(parts: SplitResult) -> bool:
    try:
        ip_address(parts.hostname or "")
    except ValueError:
        return False
    return True


def _check_names(route: SuperiorRoute) -> None:
    short = [name for name in (*route.own_leaders, *route.own_units) if len(name.strip()) < 2]
    if short:
        raise UnsafeSetting(
            f"portal.toml: [superior_route] {short[0]!r} is too short: it would match every report."
        )


def _check_regions(regions: Regions) -> None:
    wrong = [one for one in regions.names if not REGION.fullmatch(one)]
    if wrong:
        raise UnsafeSetting(
            f"portal.toml: [regions] {wrong[0]!r} is not of the form `990001 柳溪镇`."
        )
