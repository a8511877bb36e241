"""The names of everything that can go wrong while sealing and opening.

Messages are for developers and operators; they never carry keys, codes or anything a person typed.
"""


class SealingError(Exception):
    """Base of every error that sealing or opening raises."""


class BadKey(SealingError):
    """A text or a byte string is not a post-quantum age identity or recipient."""


class AgeError(SealingError):
    """Base of every refusal of an age file."""


class MalformedHeader(AgeError):
    """The header does not follow the format; a foreign file ends here too."""


class MixedRecipients(MalformedHeader):
    """A passphrase recipient stands beside another recipient, which the format forbids."""


class NoMatchingIdentity(AgeError):
    """The file is well formed, but sealed to somebody else."""


class HeaderTampered(AgeError):
    """The file key was found, but the header's MAC does not match it."""


class PayloadDamaged(AgeError):
    """A chunk was altered, moved, repeated or added; chunks given out before are authentic."""


class PayloadTruncated(PayloadDamaged):
    """The file ends before its final chunk; chunks given out before are authentic."""


class BadPadding(SealingError):
    """Padded bytes do not have the shape that padding gives."""


class MalformedContent(SealingError):
    """Opened bytes are not the content that was expected there."""
