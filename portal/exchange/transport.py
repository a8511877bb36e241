"""The outer layer: a signed message, padded, sealed to the other side's transport key.

What a ferry or broker sees is one line of JSON with a random id, a constant type, the day, the
suite and the size, and then an age file.
"""

from datetime import date

from portal.exchange.fields import Fields, Json, dump_json, parse_json
from portal.exchange.host_key import HostKey, Peer
from portal.exchange.kinds import ID
from portal.exchange.messages import Message
from portal.exchange.refusals import BadSchema, Unreadable
from portal.exchange.signing import open_signed, sign
from portal.sealing import padding
from portal.sealing.age import AgeError, decrypt, encrypt
from portal.sealing.content import SUITE
from portal.sealing.errors import BadPadding

MAX_HEADER_BYTES = 512
LARGEST_BUCKET = 2**18 - padding.LENGTH_BYTES


def wrap(message: Message, host_key: HostKey, peer: Peer) -> bytes:
    """Return the bytes that cross: header line and age file, sealed to the peer."""
    signed = sign(message.to_event(), host_key.signing) + b"\n" + message.body
    sealed = encrypt(_padded(signed), [peer.recipient])
    return _header(message.id, message.day, len(sealed)) + b"\n" + sealed


def unwrap(data: bytes, host_key: HostKey, peer: Peer) -> Message:
    """Return the message that the peer signed and sealed to this host.

    :raises Unreadable: when this is not a message, or not one for this host.
    :raises Unsigned: when the peer did not sign it.
    :raises PartMismatch: when the parts are not those that were signed.
    :raises BadSchema: when the signed event is not one; its kind is not checked here.
    """
    envelope, _, body = _open(_sealed(data), host_key).partition(b"\n")
    message = Message.from_event(open_signed(envelope, peer.verify_key), body)
    if message.is_receipt == bool(message.sequence):
        raise BadSchema("sequence")
    return message


def _padded(signed: bytes) -> bytes:
    if len(signed) <= LARGEST_BUCKET:
        return padding.pad_text(signed)
    return padding.pad_file(signed)


def _header(message_id: str, day: date, size: int) -> bytes:
    header: dict[str, Json] = {
        "id": message_id,
        "type": "sealed",
        "day": day.isoformat(),
        "suite": SUITE,
        "size": size,
    }
    return dump_json(header)


def _sealed(data: bytes) -> bytes:
    """Check the header line, which nobody signed and nothing relies on; return the age file."""
    end = data.find(b"\n", 0, MAX_HEADER_BYTES)
    sealed = data[end + 1 :]
    try:
        fields = Fields(parse_json(data[: max(end, 0)]))
        fields.text("id", ID)
        fields.constant("type", "sealed")
        fields.constant("suite", SUITE)
        fields.day("day")
        fields.integer("size", least=len(sealed), most=len(sealed))
        fields.end()
    except (ValueError, BadSchema) as error:
        raise Unreadable("header") from error
    return sealed


def _open(sealed: bytes, host_key: HostKey) -> bytes:
    try:
        return padding.unpad(decrypt(sealed, [host_key.identity]))
    except (AgeError, BadPadding) as error:
        raise Unreadable("seal") from error
