"""What is inside the sealed parts: a report's content, and words that cross in either direction.

Each kind names itself and its suite, so that bytes opened with the right key in the wrong place
are refused instead of misread.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from portal.sealing import documents
from portal.sealing.documents import Fields, Json, base64_text
from portal.sealing.errors import BadKey, MalformedContent
from portal.sealing.keys import Recipient

SUITE = "age-v1/mlkem768x25519"
VERIFY_KEY_BYTES = 32
YES = "yes"
NO = "no"
PRESSED = frozenset({"yes", "no", "unsaid"})


@dataclass(frozen=True)
class Subject:
    """The person or unit reported, as typed; every field may be empty."""

    unit: str = ""
    name: str = ""
    post: str = ""
    level: str = ""
    region: str = ""

    def to_json(self) -> dict[str, Json]:
        """Return the subject as a JSON object."""
        return dict(vars(self))

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read a subject.

        :raises MalformedContent: when it has not exactly its five texts.
        """
        subject = cls(**{name: fields.text(name) for name in cls.__dataclass_fields__})
        fields.end()
        return subject


@dataclass(frozen=True)
class EvidenceFile:
    """A file sealed apart: its part name, its size in bytes, the identity that opens it."""

    part: str
    size: int
    identity: str

    def to_json(self) -> dict[str, Json]:
        """Return the file's entry as a JSON object."""
        return dict(vars(self))

    @classmethod
    def from_fields(cls, fields: Fields) -> Self:
        """Read a file's entry.

        :raises MalformedContent: when a field is missing, unknown or of another type.
        """
        entry = cls(fields.text("part"), fields.number("size"), fields.text("identity"))
        fields.end()
        return entry


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    """Everything a report says, and the reporter's two public keys.

    `category` is a code of the vocabulary whose version `vocabulary` names. `helper` is true when
    somebody else typed the report for the reporter, `named` when the identity that is sealed apart
    names the reporter; who that is stands nowhere in the content. `identity_sha256` binds the
    sealed identity that was filed with it, in hex; None when there is none, or from before it was
    written down.
    """

    category: str
    vocabulary: str
    story: str
    place: str = ""
    happened: str = ""
    subject: Subject = Subject()
    files: tuple[EvidenceFile, ...] = ()
    reply_recipient: Recipient
    verify_key: bytes
    helper: bool = False
    named: bool = False
    identity_sha256: str | None = None

    def to_bytes(self) -> bytes:
        """Return the content's one spelling; MalformedContent for half a character."""
        bound = {} if self.identity_sha256 is None else {"identity_sha256": self.identity_sha256}
        return documents.to_bytes(
            {
                "type": "report",
                "suite": SUITE,
                "category": self.category,
                "vocabulary": self.vocabulary,
                "story": self.story,
                "place": self.place,
                "happened": self.happened,
                "subject": self.subject.to_json(),
                "files": [file.to_json() for file in self.files],
                "reply_recipient": str(self.reply_recipient),
                "verify_key": base64_text(self.verify_key),
                "helper": self.helper,
                "named": self.named,
                **bound,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a report's content.

        :raises MalformedContent: for anything but the exact bytes that `to_bytes` gives.
        """
        fields = documents.from_bytes(data)
        fields.expect("type", "report")
        fields.expect("suite", SUITE)
        content = cls(
            category=fields.text("category"),
            vocabulary=fields.text("vocabulary"),
            story=fields.text("story"),
            place=fields.text("place"),
            happened=fields.text("happened"),
            subject=Subject.from_fields(fields.fields("subject")),
            files=tuple(EvidenceFile.from_fields(file) for file in fields.each("files")),
            reply_recipient=_recipient(fields.text("reply_recipient")),
            verify_key=_verify_key(fields.data("verify_key")),
            helper=fields.flag("helper"),
            named=fields.flag("named"),
            identity_sha256=fields.hash_if_any("identity_sha256"),
        )
        fields.end()
        return content


@dataclass(frozen=True)
class NamedReporter:
    """Who reported, a person or a unit, and how to reach them; `phone` in its one spelling."""

    full_name: str
    phone: str
    call_me: bool = False
    contact_note: str = ""

    def to_fields(self) -> dict[str, str]:
        """Return the fields that are sealed to the custodians."""
        return {**vars(self), "call_me": YES if self.call_me else NO}

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Self:
        """Read the fields that a custodian opened.

        :raises MalformedContent: when they are not exactly these, or `call_me` is neither yes nor
            no.
        """
        if fields.keys() != set(cls.__dataclass_fields__) or fields["call_me"] not in {YES, NO}:
            raise MalformedContent("no fields of a reporter")
        return cls(**{**fields, "call_me": fields["call_me"] == YES})  # type: ignore[arg-type]  # by name


@dataclass(frozen=True)
class Words:
    """Words to the citizen or from the citizen, and the day they were written (Asia/Shanghai).

    `pressed` belongs to a withdrawal alone: whether somebody asked the citizen to withdraw, one of
    `PRESSED`. Other words have none, and are spelled without it.
    """

    text: str
    on: date
    pressed: str | None = None

    def to_bytes(self) -> bytes:
        """Return the words' one spelling; MalformedContent for half a character."""
        document = {"type": "words", "suite": SUITE, "text": self.text, "on": self.on.isoformat()}
        pressed = {} if self.pressed is None else {"pressed": self.pressed}
        return documents.to_bytes(document | pressed)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read words.

        :raises MalformedContent: for anything but the exact bytes that `to_bytes` gives.
        """
        fields = documents.from_bytes(data)
        fields.expect("type", "words")
        fields.expect("suite", SUITE)
        words = cls(fields.text("text"), fields.day("on"), fields.choice_if_any("pressed", PRESSED))
        fields.end()
        return words


@dataclass(frozen=True)
class ReporterKeys:
    """A reporter's two public keys, as they come for a report that was entered at the desk."""

    reply_recipient: Recipient
    verify_key: bytes

    def to_bytes(self) -> bytes:
        """Return the keys' one spelling."""
        return documents.to_bytes(
            {
                "type": "reporter-keys",
                "suite": SUITE,
                "reply_recipient": str(self.reply_recipient),
                "verify_key": base64_text(self.verify_key),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read the keys.

        :raises MalformedContent: for anything but the exact bytes that `to_bytes` gives.
        """
        fields = documents.from_bytes(data)
        fields.expect("type", "reporter-keys")
        fields.expect("suite", SUITE)
        keys = cls(
            _recipient(fields.text("reply_recipient")), _verify_key(fields.data("verify_key"))
        )
        fields.end()
        return keys


def _recipient(text: str) -> Recipient:
    try:
        return Recipient.parse(text)
    except BadKey as error:
        raise MalformedContent("reply_recipient is no recipient") from error


def _verify_key(raw: bytes) -> bytes:
    if len(raw) != VERIFY_KEY_BYTES:
        raise MalformedContent("verify_key has another length")
    return raw
