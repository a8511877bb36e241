"""Flask's session as one encrypted cookie: nobody but this server reads what it carries."""

import json
from secrets import token_bytes
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from itsdangerous import base64_decode, base64_encode
from itsdangerous.exc import BadData

NONCE_BYTES = 12


class EncryptedCookieSessions(SessionInterface):
    """Sessions in a `__Host-` cookie (over TLS), ChaCha20-Poly1305 under the server's key."""

    def __init__(self, name: str, key: bytes, *, https: bool, same_site: str) -> None:
        self._name = f"__Host-{name}" if https else name
        self._cipher = ChaCha20Poly1305(key)
        self._https = https
        self._same_site = same_site

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:  # noqa: ARG002 — Flask's signature
        """Return what the cookie carries; nothing when it is missing, foreign or damaged."""
        value = request.cookies.get(self._name)
        if not value:
            return SecureCookieSession()
        try:
            return SecureCookieSession(self._read(value))
        except (BadData, InvalidTag, ValueError):
            return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie when the session changed; delete it when the session was emptied."""
        if not session.modified:
            return
        if not session:
            response.delete_cookie(self._name, path="/", secure=self._https, httponly=True)
            return
        response.set_cookie(
            self._name,
            self._write(dict(session)),
            max_age=app.permanent_session_lifetime if session.permanent else None,
            path="/",
            secure=self._https,
            httponly=True,
            samesite=self._same_site,
        )

    def _read(self, value: str) -> dict[str, Any]:
        sealed = base64_decode(value)
        opened = self._cipher.decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self._name.encode()
        )
        content: dict[str, Any] = json.loads(opened)
        return content

    def _write(self, content: dict[str, Any]) -> str:
        nonce = token_bytes(NONCE_BYTES)
        plain = json.dumps(content, ensure_ascii=False).encode()
        return base64_encode(
            nonce + self._cipher.encrypt(nonce, plain, self._name.encode())
        ).decode()
