"""Opening a report: once with the intake key, ever after with a key of its own.

The first opening registers the case: the content is sealed anew to the case's own key, and that
key is wrapped to the office key and to the recovery key. The sealed original goes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.desk.domain import keys
from portal.desk.domain.intake import take_account
from portal.desk.models.cases import Case, CaseGrant
from portal.desk.models.replies import CaseReply, CaseWords
from portal.exchange.statements import WITHDRAW
from portal.reference.vocabulary import UnknownCode, vocabulary
from portal.sealing import age, unseal
from portal.sealing.content import ReportContent, Words
from portal.sealing.errors import NoMatchingIdentity, SealingError
from portal.sealing.keys import Identity, Recipient
from portal.sealing.padding import pad_text
from portal.sealing.seal import seal_words
from portal.store import MissingFile, SealedStore

RECOVERY = "recovery"


class KeyNotHeld(Exception):
    """The person holds none of the keys that open this."""


class CannotOpen(Exception):
    """The sealed bytes are damaged, missing or sealed to another key."""


@dataclass(frozen=True)
class OpenedWords:
    """Words of one day; `text` is None while they are sealed to the intake, or when `damaged`.

    `genuine` is None for the desk's own words, else whether the code's key signed them. `pressed`
    is what a withdrawal says about being made to withdraw.
    """

    on: date
    text: str | None
    purpose: str = ""
    genuine: bool | None = None
    pressed: str | None = None
    damaged: bool = False


@dataclass(frozen=True)
class TakenOver:
    """How many new words the office reads from now on, are damaged, or sealed to other keys."""

    opened: int
    damaged: int
    foreign: int


@dataclass(frozen=True)
class Opener:
    """Opens cases with the shared keys that one person holds, by key id."""

    items: SealedStore
    held: Mapping[str, Identity]

    def sealed_content(self, case: Case) -> ReportContent:
        """Open a report as it came, with the intake key of its period; nothing is changed.

        :raises KeyNotHeld: without that key.
        :raises CannotOpen: when the report does not open.
        """
        if case.intake_key not in self.held:
            raise KeyNotHeld
        return self._report(case.content_file, self.held[case.intake_key])

    def register(
        self,
        session: Session,
        case: Case,
        content: ReportContent,
        *,
        recovery: Recipient,
        today: date,
    ) -> None:
        """Give a report that was just opened a key of its own, and seal its content to that.

        :raises portal.desk.domain.keys.UnknownKey: before the desk has an office key.
        """
        self.items.discard_after_commit(session, case.content_file)
        case.verify_key = content.verify_key.hex()
        case.reply_recipient = str(content.reply_recipient)
        self.give_key(session, case, content, recovery=recovery, today=today)
        for words in words_of(session, case.id):
            take_account(session, words, case, today)
        session.flush()

    def give_key(
        self,
        session: Session,
        case: Case,
        content: ReportContent,
        *,
        recovery: Recipient,
        today: date,
    ) -> None:
        """Seal a report to a key of its own, wrapped to office and recovery: it is registered.

        :raises portal.desk.domain.keys.UnknownKey: before the desk has an office key.
        """
        own, office = Identity.generate(), keys.office_key(session)
        sealed = age.encrypt(pad_text(content.to_bytes()), [own.recipient])
        case.content_file = self.items.put_for(session, sealed)
        case.recipient = str(own.recipient)
        case.category = _known_category(content.category)
        case.named = content.named
        case.identity_sha256 = content.identity_sha256
        case.office_id = office.id
        case.registered_on = today
        session.add(case)
        session.flush()
        self.wrap(session, case, own, office.id, Recipient.parse(office.recipient))
        self.wrap(session, case, own, RECOVERY, recovery)
        session.flush()

    def content(self, case: Case, own: Identity) -> ReportContent:
        """Open a registered report with its own key.

        :raises CannotOpen: when it does not open.
        """
        return self._report(case.content_file, own)

    def case_key(self, session: Session, case: Case) -> Identity:
        """Return the case's own private key.

        :raises KeyNotHeld: when it is wrapped to none of the held keys.
        :raises CannotOpen: when the wrapped key is damaged.
        """
        for grant in session.scalars(select(CaseGrant).where(CaseGrant.case_id == case.id)):
            if grant.key_id in self.held:
                try:
                    return unseal.accept_grant(self.items.get(grant.file), self.held[grant.key_id])
                except (SealingError, MissingFile) as error:
                    raise CannotOpen from error
        raise KeyNotHeld

    def take_over_words(self, session: Session, case: Case, today: date) -> TakenOver:
        """Seal a citizen's new words to the case's own key, so that the whole office reads them.

        Words that do not open stay as they came and keep nobody from the others. Forged ones that
        are sealed to nobody's key are put aside, so that they do not wait for ever.
        """
        recipient = Recipient.parse(case.recipient or "")
        opened, damaged, foreign = 0, 0, 0
        opens_all = self.opens_intake(session, case)
        for words in words_of(session, case.id):
            if words.read_on is not None:
                continue
            try:
                text = self._words(words.file, list(self.held.values()))
            except CannotOpen:
                damaged += 1
            except KeyNotHeld:
                if words.genuine is False and opens_all:
                    words.read_on = today
                else:
                    foreign += 1
            else:
                self._take_over(session, words, text, recipient, today)
                opened += 1
        return TakenOver(opened, damaged, foreign)

    def opens_intake(self, session: Session, case: Case) -> bool:
        """Tell whether the held keys open what citizens seal to the intake about a case.

        What came on paper belongs to no period: its words are sealed to any of the intake's keys.
        """
        if case.intake_key:
            return case.intake_key in self.held
        return keys.of_kind(session, keys.INTAKE).keys() <= self.held.keys()

    def citizens_words(self, session: Session, case: Case, own: Identity) -> list[OpenedWords]:
        """Return what the citizen sent later; words that nobody took over yet have no text."""
        return [
            self._shown(words.file, own, _unopened(words)) if words.read_on else _unopened(words)
            for words in words_of(session, case.id)
        ]

    def desks_words(self, replies: list[CaseReply], own: Identity) -> list[OpenedWords]:
        """Return what the desk wrote to the reporter."""
        return [
            self._shown(reply.desk_file, own, OpenedWords(reply.on, None, purpose=reply.kind))
            for reply in replies
        ]

    def texts(self, replies: list[CaseReply], own: Identity) -> list[str]:
        """Return what the desk wrote, to be sealed to its reporter.

        :raises CannotOpen, KeyNotHeld: when a text does not open.
        """
        return [self._words(reply.desk_file, [own]).text for reply in replies]

    def own_words(self, file: str, own: Identity, on: date) -> OpenedWords:
        """Return words of the desk that are sealed to the case's own key alone."""
        return self._shown(file, own, OpenedWords(on, None))

    def wrap(self, session: Session, case: Case, own: Identity, key_id: str, to: Recipient) -> None:
        """Wrap a case's own key to another key, whose holders open the case from then on."""
        file = self.items.put_for(session, unseal.grant(own, to))
        session.add(CaseGrant(case_id=case.id, key_id=key_id, file=file))

    def unwrap(self, session: Session, case: Case, *, keep: Collection[str]) -> None:
        """Take a case's own key away from every key but these.

        Who opened the case before knows what they read; from here on they open nothing more.
        """
        for grant in session.scalars(select(CaseGrant).where(CaseGrant.case_id == case.id)).all():
            if grant.key_id not in keep:
                self.items.discard_after_commit(session, grant.file)
                session.delete(grant)
        session.flush()

    def _report(self, file: str, key: Identity) -> ReportContent:
        try:
            return unseal.open_report(self.items.get(file), [key])
        except (SealingError, MissingFile) as error:
            raise CannotOpen from error

    def _take_over(
        self, session: Session, words: CaseWords, text: Words, recipient: Recipient, today: date
    ) -> None:
        self.items.discard_after_commit(session, words.file)
        words.file = self.items.put_for(session, seal_words(text, [recipient]))
        words.read_on = today
        words.pressed = text.pressed if words.purpose == WITHDRAW else None

    def _shown(self, file: str, own: Identity, words: OpenedWords) -> OpenedWords:
        try:
            return replace(words, text=self._words(file, [own]).text)
        except (CannotOpen, KeyNotHeld):
            return replace(words, damaged=True)

    def _words(self, file: str, held: list[Identity]) -> Words:
        try:
            return unseal.open_words(self.items.get(file), held)
        except NoMatchingIdentity as error:
            raise KeyNotHeld from error
        except (SealingError, MissingFile) as error:
            raise CannotOpen from error


def _unopened(words: CaseWords) -> OpenedWords:
    return OpenedWords(
        words.on, None, purpose=words.purpose, genuine=words.genuine, pressed=words.pressed
    )


def words_of(session: Session, case_id: str) -> list[CaseWords]:
    """Return the rows of what the citizen sent later, oldest first."""
    query = select(CaseWords).where(CaseWords.case_id == case_id)
    return list(session.scalars(query.order_by(CaseWords.on, CaseWords.id)))


def _known_category(code: str) -> str | None:
    # What the public side writes inside a sealed report is not checked by anybody before.
    try:
        vocabulary().category_label(code)
    except UnknownCode:
        return None
    return code
