"""Passphrase and code or passkey, checked; at sign-in, and again before people or keys change."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime

from portal.desk.domain import audit, passkey_answers, passkeys, refusals, sessions, signing_in
from portal.desk.domain.passkey_answers import BadAnswer, CounterWentBack
from portal.desk.domain.passkey_challenges import Asked
from portal.desk.domain.relying_party import RelyingParty
from portal.desk.domain.signing_in import Candidate, Delayed, Proof, WrongCredentials
from portal.desk.forms.fields import ProofForm
from portal.desk.house import desk_house
from portal.desk.routes.access import anyone_signed_in, current_session
from portal.reference.days import utcnow
from portal.sealing.keys import Identity

NOT_RIGHT = (
    "登录名、口令或动态码不对，请再看一遍。动态码约30秒换一次，用过的不能再用，请等它换成新的再填"
)


def prove(name: str, passphrase: str, code: str, *, now: datetime) -> Proof:
    """Check a try for a name, in transactions of its own; call before `db()`.

    Known and unknown names take the same steps, the same writes and the same work.

    :raises Delayed: when it comes too soon after a wrong one.
    :raises WrongCredentials: when it is wrong.
    :raises portal.slots.Busy: when too many try at once; the try then counts for nothing.
    """
    with _a_place():
        return _proven(name, passphrase, code, now)


def prove_passphrase(name: str, passphrase: str, *, now: datetime) -> tuple[str, Identity]:
    """Return whose passphrase it is, who has a passkey too, and the key that it opens.

    The try stays counted until the passkey has answered. Whoever has no passkey is not told that
    the passphrase was right. Transactions, work and errors as `prove`.
    """
    with _a_place():
        against, has_passkey = _counted(name, "", now)
        with _noting_refusal(against.person_id, now):
            right = signing_in.check_passphrase(against, passphrase, desk_house().host_secret)
            if not has_passkey:
                raise WrongCredentials
    return right


def prove_passkey(
    party: RelyingParty, asked: Asked, private: Identity, answer: str, *, now: datetime
) -> Proof:
    """Check what a browser answered after its person's passphrase was right; call before `db()`.

    :raises WrongCredentials: when it is wrong.
    """
    house = desk_house()
    with _noting_refusal(asked.person_id, now):
        with house.database.reading() as reader:
            known = passkeys.of(reader, asked.person_id)
        right = passkey_answers.check_answer(party, asked.challenge, known, answer, now=now)
        proof = Proof(asked.person_id, private, passkey=right)
        with house.database.writing() as own:
            signing_in.accept(own, proof, house.host_secret)
    return proof


def given(form: ProofForm) -> bool:
    """Tell whether the person at the keyboard proved to be the one who signed in.

    Within five minutes of the last proof nothing is asked; later, the form's passphrase and code
    are. What is wrong is said beside the fields. Call before `db()`.
    """
    person, now = current_session(), utcnow()
    if person.proven(now):
        return True
    if not (form.password.data and form.code.data):
        form.password.errors = ["请再填一次口令和动态码"]
        return False
    try:
        prove(person.name, form.password.data, form.code.data, now=now)
    except Delayed as delay:
        form.password.errors = [wait(delay.seconds)]
        return False
    except WrongCredentials:
        form.password.errors = [NOT_RIGHT]
        return False
    with desk_house().database.writing() as own:
        sessions.prove(own, person.session_id, now=now)
    return True


def _proven(name: str, passphrase: str, code: str, now: datetime) -> Proof:
    house = desk_house()
    against, _has_passkey = _counted(name, code, now)
    with _noting_refusal(against.person_id, now):
        proof = signing_in.check(against, passphrase, code, house.host_secret, now=now)
        with house.database.writing() as own:
            person = signing_in.accept(own, proof, house.host_secret)
            if proof.recovery_code:
                act = "recovery-code-used"
                audit.record(own, person_id=person.id, act=act, target=person.id, now=now)
    return proof


def _a_place() -> AbstractContextManager[None]:
    # Whoever is signed in is slowed down by the own name, and not kept waiting by strangers.
    return nullcontext() if anyone_signed_in() else desk_house().sign_in_slots.taken()


def _counted(name: str, code: str, now: datetime) -> tuple[Candidate, bool]:
    """Count a try; return what to check it against, and whether there is a passkey."""
    house = desk_house()
    with house.database.writing() as own:
        signing_in.count_try(own, name, house.host_secret, now=now)
    with house.database.reading() as reader:
        against = signing_in.candidate(reader, name, code, house.host_secret, house.password_cost)
        return against, passkeys.any_for(reader, signing_in.canonical_name(name))


@contextmanager
def _noting_refusal(person_id: str | None, now: datetime) -> Iterator[None]:
    try:
        yield
    except CounterWentBack as error:
        _note(person_id, "passkey-refused", error.passkey_id, now)
        raise WrongCredentials from error
    except (BadAnswer, WrongCredentials) as error:
        if anyone_signed_in():
            _note(person_id, "proof-refused", "-", now)
        else:
            with desk_house().database.writing() as own:
                refusals.count(own, person_id, now=now)
        raise WrongCredentials from error


def _note(person_id: str | None, act: str, target: str, now: datetime) -> None:
    with desk_house().database.writing() as own:
        audit.record(own, person_id=person_id, act=act, target=target, now=now)


def wanted() -> bool:
    """Tell whether the next change of people or keys asks for passphrase and code."""
    return not current_session().proven(utcnow())


def wait(seconds: int) -> str:
    """Say how long to wait."""
    return f"前面填错过，请等{seconds}秒再试。这个账号没有锁住"
