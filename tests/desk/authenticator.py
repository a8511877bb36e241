"""An authenticator in software: it answers what a page hands to the browser, as WebAuthn says."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from portal.desk.house import DeskHouse
from tests.page_parts import Page
from tests.pages import Browser

ORIGIN = "https://localhost"
PRESENT, VERIFIED, CREDENTIAL = 0x01, 0x04, 0x40


def offer_passkeys(house: DeskHouse, origin: str = ORIGIN) -> None:
    """Let the settings name the address that the tests' browser opens."""
    desk = replace(house.settings.desk, origin=origin)
    house.settings = replace(house.settings, desk=desk)


def options_on(page: Page) -> dict[str, Any]:
    """Return what the page hands to the browser."""
    (form,) = [form for form in page.forms if form.element.get("data-passkey")]
    options: dict[str, Any] = json.loads(form.element.get("data-options", ""))
    return options


def answered(browser: Browser, by: Callable[[dict[str, Any]], str], status: int = 200) -> Page:
    """Let an authenticator answer the open page, and send that."""
    return browser.fill(answer=by(options_on(browser.page)), status=status)


def text_of(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One small key, whose owner shows a finger unless told otherwise."""

    origin: str = ORIGIN
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    counts: bool = True
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`."""
        data = self._data(self.flags | CREDENTIAL) + self._credential()
        statement = {"fmt": "none", "attStmt": {}, "authData": data}
        client = self._client("webauthn.create", options)
        return self._written(clientDataJSON=client, attestationObject=cbor2.dumps(statement))

    def answer(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get`."""
        self.count += self.counts
        data, client = self._data(self.flags), self._client("webauthn.get", options)
        signed = self.private.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._written(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(told).encode()

    def _data(self, flags: int) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _credential(self) -> bytes:
        numbers = self.private.public_key().public_numbers()
        # COSE_Key of RFC 9053: EC2, ES256, P-256.
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, **point})
        length = len(self.credential_id).to_bytes(2, "big")
        return bytes(16) + length + self.credential_id + key

    def _written(self, **response: bytes) -> str:
        name = text_of(self.credential_id)
        told = {key: text_of(value) for key, value in response.items()}
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
