"""Passkeys are made for one host name, over TLS or on this machine."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from portal.desk.domain.relying_party import relying_party
from tests.settings import county


@pytest.mark.parametrize(
    ("changed", "origin"),
    [
        ({"origin": "https://desk.example", "hosts": ("desk.example",)}, "https://desk.example"),
        ({"https": False, "bind": "127.0.0.1:9001"}, "http://localhost:9001"),
        ({"https": False, "bind": "127.0.0.2:9001"}, None),
        ({"https": False, "hosts": ("127.0.0.1",)}, None),
        ({}, None),
    ],
)
def test_passkeys_belong_to_the_address_of_the_settings(
    tmp_path: Path, changed: dict[str, Any], origin: str | None
) -> None:
    whole = county(tmp_path)
    found = relying_party(replace(whole, desk=replace(whole.desk, **changed)))
    assert (found.origin if found else None) == origin
    if found:
        assert found.id in {"desk.example", "localhost"}
