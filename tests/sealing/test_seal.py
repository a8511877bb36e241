"""What is sealed opens for the people it is meant for, tells nothing by its size, and only so."""

from datetime import date

import pytest

from portal.sealing import unseal
from portal.sealing.age import Identity, NoMatchingIdentity, decrypt, encrypt
from portal.sealing.content import Words
from portal.sealing.errors import BadPadding, MalformedContent
from portal.sealing.padding import pad_text
from portal.sealing.seal import IdentityTooLong, seal_identity, seal_report, seal_words
from tests.sealing.samples import LOW_COST, identities, manifest, report

KEYS = identities()
MANIFEST = manifest(KEYS)
HOST_SECRET = b"h" * 32
PERSON = {"name": "欧阳青禾", "phone": "0000-1234567"}


@pytest.mark.parametrize("holder", ["intake", "recovery"])
def test_the_holders_of_intake_and_recovery_open_a_report(holder):
    sealed = seal_report(report(), MANIFEST)
    assert unseal.open_report(sealed, [KEYS[holder]]) == report()


@pytest.mark.parametrize("other", ["custodian_a", "custodian_b", "desk_transport"])
def test_other_keys_do_not_open_a_report(other):
    with pytest.raises(NoMatchingIdentity):
        unseal.open_report(seal_report(report(), MANIFEST), [KEYS[other]])


def test_the_size_of_a_report_tells_only_its_bucket():
    sizes = {len(seal_report(report(story="字" * length), MANIFEST)) for length in (10, 200, 400)}
    assert len(sizes) == 1


@pytest.mark.parametrize("identity", [PERSON, None, {}])
def test_an_identity_needs_one_custodian_of_each_group(identity):
    sealed = seal_identity(identity, MANIFEST)
    layer = unseal.open_identity_layer(sealed, [KEYS["custodian_a"]])
    assert unseal.open_identity(layer, [KEYS["custodian_b"]]) == identity
    for alone in ("custodian_a", "custodian_b"):
        with pytest.raises(NoMatchingIdentity):
            first = unseal.open_identity_layer(sealed, [KEYS[alone]])
            unseal.open_identity(first, [KEYS[alone]])


def test_the_size_of_an_identity_does_not_tell_whether_anybody_is_named():
    longest = {"name": "名" * 1000}
    assert len({len(seal_identity(who, MANIFEST)) for who in (None, PERSON, longest)}) == 1


def test_an_identity_that_would_stand_out_by_its_size_is_refused():
    with pytest.raises(IdentityTooLong):
        seal_identity({"name": "名" * 1400}, MANIFEST)


def test_another_kind_in_the_place_of_an_identity_is_refused():
    layer = seal_words(Words("x", date(2026, 11, 20)), [KEYS["custodian_b"].recipient])
    with pytest.raises(MalformedContent):
        unseal.open_identity(layer, [KEYS["custodian_b"]])


def test_words_open_for_each_of_their_recipients():
    words = Words("请补充票据的日期。", date(2026, 11, 20))
    sealed = seal_words(words, [KEYS["intake"].recipient, KEYS["recovery"].recipient])
    assert unseal.open_words(sealed, [KEYS["recovery"]]) == words


def test_a_file_without_padding_is_refused():
    sealed = encrypt(b"\xff" * 100, [KEYS["intake"].recipient])
    with pytest.raises(BadPadding):
        unseal.open_words(sealed, [KEYS["intake"]])


def test_a_person_opens_their_wrapped_key_with_password_and_host():
    identity = Identity.generate()
    wrapped = unseal.wrap_private(identity, "青 山 绿 水 7", HOST_SECRET, cost=LOW_COST)
    assert unseal.unwrap_private(wrapped, "青 山 绿 水 7", HOST_SECRET) == identity
    assert unseal.unwrap_private(wrapped, "青 山 绿 水 7", HOST_SECRET) == identity
    for password, host_secret in [("青 山 绿 水 8", HOST_SECRET), ("青 山 绿 水 7", b"x" * 32)]:
        with pytest.raises(unseal.WrongPassword):
            unseal.unwrap_private(wrapped, password, host_secret)


def test_a_shared_key_is_granted_to_one_person():
    shared, person, other = Identity.generate(), Identity.generate(), Identity.generate()
    granted = unseal.grant(shared, person.recipient)
    assert unseal.accept_grant(granted, person) == shared
    with pytest.raises(NoMatchingIdentity):
        unseal.accept_grant(granted, other)


@pytest.mark.parametrize("inside", [b"no key", "钥匙".encode(), pad_text(b"AGE-SECRET-KEY-PQ-1")])
def test_a_grant_of_something_else_is_refused(inside):
    person = Identity.generate()
    sealed = encrypt(inside, [person.recipient])
    assert decrypt(sealed, [person]) == inside
    with pytest.raises(MalformedContent):
        unseal.accept_grant(sealed, person)
