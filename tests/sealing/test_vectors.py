"""The published age test vectors (C2SP CCTV): `hybrid*` whole, the others by their file key."""

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest

from portal.sealing.age import (
    HeaderTampered,
    Identity,
    MalformedHeader,
    NoMatchingIdentity,
    PayloadDamaged,
    decrypt_stream,
)
from portal.sealing.header import read_header
from portal.sealing.payload import open_payload
from tests.sealing.other_age import need_node, vectors

EXPECTED = {
    MalformedHeader: "header failure",
    NoMatchingIdentity: "no match",
    HeaderTampered: "HMAC failure",
    PayloadDamaged: "payload failure",
}
NOTHING = hashlib.sha256().hexdigest()


@dataclass(frozen=True)
class Vector:
    fields: list[tuple[str, str]]
    file: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    @property
    def expected(self) -> tuple[str, str]:
        return self.all("expect")[0], (self.all("payload") or [NOTHING])[0]


@pytest.fixture(scope="module")
def published() -> dict[str, Vector]:
    need_node()
    return {name: _vector(data) for name, data in vectors().items()}


def _vector(data: bytes) -> Vector:
    head, _, file = data.partition(b"\n\n")
    fields = [tuple(line.split(": ", 1)) for line in head.decode().splitlines()]
    compressed = ("compressed", "zlib") in fields
    return Vector(fields, zlib.decompress(file) if compressed else file)  # type: ignore[arg-type]


def _outcome(open_vector: Callable[[Vector], Iterator[bytes]], vector: Vector) -> tuple[str, str]:
    """How opening ends, in the vectors' words, and the hash of every byte given out."""
    released = hashlib.sha256()
    try:
        for chunk in open_vector(vector):
            released.update(chunk)
    except tuple(EXPECTED) as error:
        kind = next(kind for kind in EXPECTED if isinstance(error, kind))
        return EXPECTED[kind], released.hexdigest()
    return "success", released.hexdigest()


def _with_identities(vector: Vector) -> Iterator[bytes]:
    keys = [key for key in vector.all("identity") if key.startswith("AGE-SECRET-KEY-PQ-")]
    return decrypt_stream(BytesIO(vector.file), [Identity.parse(key) for key in keys])


def _with_file_key(vector: Vector) -> Iterator[bytes]:
    source, file_key = BytesIO(vector.file), bytes.fromhex(vector.all("file key")[0])
    read_header(source).verify(file_key)
    return open_payload(source, file_key)


def test_every_hybrid_vector_ends_as_published(published):
    hybrid = {name: each for name, each in published.items() if name.startswith("hybrid")}
    outcomes = {name: _outcome(_with_identities, each) for name, each in hybrid.items()}
    assert outcomes == {name: each.expected for name, each in hybrid.items()}
    assert len(outcomes) >= 18


@pytest.mark.parametrize(
    ("prefix", "at_least"), [("header", 1), ("stanza", 14), ("hmac", 7), ("stream", 24)]
)
def test_every_vector_of_the_format_ends_as_published_through_its_file_key(
    published, prefix, at_least
):
    chosen = {name: each for name, each in published.items() if re.match(prefix + "_", name)}
    outcomes = {name: _outcome(_with_file_key, each) for name, each in chosen.items()}
    assert outcomes == {name: each.expected for name, each in chosen.items()}
    assert len(outcomes) >= at_least
