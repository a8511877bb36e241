"""Six digits every thirty seconds (TOTP, RFC 6238), each good once."""

import secrets
import unicodedata
from datetime import datetime

import pyotp

STEP_SECONDS = 30
ISSUER = "portal"


def draw_secret() -> str:
    """Draw a new secret: 32 characters of base32, 160 bits."""
    return pyotp.random_base32()


def address(secret: str, name: str, issuer: str) -> str:
    """Return the `otpauth://` address that authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)


def grouped(secret: str) -> str:
    """Return the secret in groups of four, as it is copied by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def matching_step(secret: str, typed: str, now: datetime) -> int | None:
    """Return the step whose code was typed: the present one or a neighbour; None for none.

    All three are always computed and compared in constant time.
    """
    totp = pyotp.TOTP(secret)
    code = _digits(typed).encode()
    present = int(now.timestamp()) // STEP_SECONDS
    steps = (present - 1, present, present + 1)
    fitting = [
        step for step in steps if secrets.compare_digest(totp.generate_otp(step).encode(), code)
    ]
    return fitting[-1] if fitting else None


def _digits(typed: str) -> str:
    return "".join(unicodedata.normalize("NFKC", typed).split())
