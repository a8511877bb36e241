"""Everything that opens with stored private keys; the public site cannot import this module.

A person's private key is wrapped by a password and a secret of the host that no backup holds:
guessing even a weak password needs both. Grants hand a shared key from one person to another.
"""

from collections.abc import Sequence

from portal.sealing import age, documents
from portal.sealing.content import SUITE, ReportContent, Words
from portal.sealing.errors import BadKey, MalformedContent
from portal.sealing.keys import Identity, Recipient
from portal.sealing.padding import unpad
from portal.sealing.password_box import PasswordCost, WrongPassword, open_box, seal_box
from portal.sealing.ratings import Rating

__all__ = [
    "PasswordCost",
    "WrongPassword",
    "accept_grant",
    "grant",
    "open_identity",
    "open_identity_layer",
    "open_padded",
    "open_rating",
    "open_report",
    "open_words",
    "unwrap_private",
    "wrap_private",
]

FULL_COST = PasswordCost()


def wrap_private(
    identity: Identity, password: str, host_secret: bytes, *, cost: PasswordCost = FULL_COST
) -> bytes:
    """Return a private key wrapped by its owner's password and the host's secret."""
    return seal_box(str(identity).encode(), password, host_secret, cost)


def unwrap_private(wrapped: bytes, password: str, host_secret: bytes) -> Identity:
    """Return the private key that `wrap_private` wrapped.

    :raises WrongPassword: for another password or host secret, or an altered box.
    :raises MalformedContent: when these are no wrapped key at all.
    """
    return _identity(open_box(wrapped, password, host_secret))


def open_report(sealed: bytes, identities: Sequence[Identity]) -> ReportContent:
    """Open a report's content.

    :raises SealingError: one of AgeError, BadPadding, MalformedContent.
    """
    return ReportContent.from_bytes(open_padded(sealed, identities))


def open_words(sealed: bytes, identities: Sequence[Identity]) -> Words:
    """Open a citizen's answer or supplement.

    :raises SealingError: one of AgeError, BadPadding, MalformedContent.
    """
    return Words.from_bytes(open_padded(sealed, identities))


def open_rating(sealed: bytes, identities: Sequence[Identity]) -> Rating:
    """Open a citizen's rating.

    :raises SealingError: one of AgeError, BadPadding, MalformedContent.
    """
    return Rating.from_bytes(open_padded(sealed, identities))


def open_identity_layer(sealed: bytes, custodians_a: Sequence[Identity]) -> bytes:
    """Strip group A's layer of who reported; what remains only group B can open.

    :raises AgeError: when it does not open.
    """
    return age.decrypt(sealed, custodians_a)


def open_identity(layer: bytes, custodians_b: Sequence[Identity]) -> dict[str, str] | None:
    """Open group B's layer: the reporter's fields, or None for an anonymous one.

    :raises SealingError: one of AgeError, BadPadding, MalformedContent.
    """
    fields = documents.from_bytes(open_padded(layer, custodians_b))
    fields.expect("type", "identity")
    fields.expect("suite", SUITE)
    identity = fields.optional_texts("fields")
    fields.end()
    return identity


def grant(identity_to_share: Identity, to: Recipient) -> bytes:
    """Seal a shared private key to the person who may use it from now on."""
    return age.encrypt(str(identity_to_share).encode(), [to])


def accept_grant(granted: bytes, identity: Identity) -> Identity:
    """Open a grant with one's own private key.

    :raises AgeError: when it is not for this key.
    :raises MalformedContent: when it holds no key.
    """
    return _identity(age.decrypt(granted, [identity]))


def open_padded(sealed: bytes, identities: Sequence[Identity]) -> bytes:
    """Open what was padded and sealed.

    :raises SealingError: AgeError or BadPadding.
    """
    return unpad(age.decrypt(sealed, identities))


def _identity(text: bytes) -> Identity:
    try:
        return Identity.parse(text.decode("ascii"))
    except (BadKey, UnicodeDecodeError) as error:
        raise MalformedContent("no private key inside") from error
