"""What a browser is asked to do with a passkey, and whether its answer is right (WebAuthn).

The library is optional (`[webauthn]`): without it the desk works with the six digits alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from portal.desk.domain.passkey_challenges import LIFE
from portal.desk.domain.passkeys import Answer, Made
from portal.desk.domain.relying_party import RelyingParty
from portal.desk.models.passkeys import Passkey
from portal.desk.models.people import Person

try:
    import webauthn
    from webauthn.helpers import parse_authentication_credential_json
    from webauthn.helpers.structs import (
        AttestationConveyancePreference,
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    INSTALLED = True
except ModuleNotFoundError:
    INSTALLED = False

PATIENCE_MS = int(LIFE.total_seconds() * 1000)


class BadAnswer(Exception):
    """An answer does not fit the question, the address, or any passkey of the person."""


class CounterWentBack(Exception):
    """A right answer of a passkey that counted further before: there may be a copy of it."""

    def __init__(self, passkey_id: str) -> None:
        super().__init__()
        self.passkey_id = passkey_id


def creation_options(
    party: RelyingParty, person: Person, known: Iterable[Passkey], challenge: bytes
) -> str:
    """Return, as JSON, how a browser is to make a passkey for a person."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=bytes.fromhex(person.id),
        user_name=person.name,
        user_display_name=person.display_name,
        challenge=challenge,
        timeout=PATIENCE_MS,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return webauthn.options_to_json(options)


def request_options(party: RelyingParty, known: Iterable[Passkey], challenge: bytes) -> str:
    """Return, as JSON, how a browser is to use one of a person's passkeys."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=PATIENCE_MS,
        allow_credentials=_described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def check_made(party: RelyingParty, challenge: bytes, answer: str) -> Made:
    """Return what a new authenticator told.

    :raises BadAnswer: when it did not answer this question at this address, with its user
        verified.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception as error:  # whatever a parser of a stranger's bytes stumbles over
        raise BadAnswer from error
    return Made(made.credential_id, made.credential_public_key, made.sign_count)


def check_answer(
    party: RelyingParty, challenge: bytes, known: Sequence[Passkey], answer: str, *, now: datetime
) -> Answer:
    """Return whose answer it is, and what that passkey counts now.

    :raises BadAnswer: when none of the known passkeys answered this question at this address,
        with its user verified.
    :raises CounterWentBack: when one did that had counted as far, or further, before.
    """
    try:
        passkey, count = _answered(party, challenge, known, answer)
    except Exception as error:  # as in `check_made`
        raise BadAnswer from error
    if count <= passkey.sign_count and (count or passkey.sign_count):
        raise CounterWentBack(passkey.id)
    return Answer(passkey.id, count, now)


def _answered(
    party: RelyingParty, challenge: bytes, known: Sequence[Passkey], answer: str
) -> tuple[Passkey, int]:
    credential: Any = parse_authentication_credential_json(answer)
    by_id = {passkey.credential_id: passkey for passkey in known}
    passkey = by_id[credential.raw_id]
    verified = webauthn.verify_authentication_response(
        credential=credential,
        expected_challenge=challenge,
        expected_rp_id=party.id,
        expected_origin=party.origin,
        credential_public_key=passkey.public_key,
        # The library would refuse a counter that went back without a name of its own for it.
        credential_current_sign_count=0,
        require_user_verification=True,
    )
    return passkey, verified.new_sign_count


def _described(known: Iterable[Passkey]) -> list["PublicKeyCredentialDescriptor"]:
    return [PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in known]
