from dataclasses import replace

import pytest

from portal.exchange.kinds import Report
from portal.public.domain import reports
from portal.public.domain.derivation import derive_all
from portal.public.domain.drafts import DraftPlace
from portal.public.domain.reports import DraftChanged, NoDraft, draw_reference
from portal.public.domain.tokens import Token
from portal.public.models.cases import Case, Submission
from portal.reference.days import local_day
from portal.reference.vocabulary import vocabulary
from portal.sealing.content import NamedReporter
from portal.sealing.seal import is_bound
from portal.sealing.unseal import open_identity, open_identity_layer, open_report
from tests.public.stories import STORY, outgoing, rows

NAME = "欧阳青禾"
PHONE = "0990-1238800转12"
ANSWERS = {
    "category": "village",
    "unit": "青石村",
    "name": "某会计",
    "post": "会计",
    "level": "L6",
    "region": "柳溪镇",
    "story": STORY,
    "place": "村委会",
    "happened": "去年",
    "helper": True,
}


@pytest.fixture
def token():
    return Token.draw()


@pytest.fixture
def draft(house, token, now):
    with house.database.writing() as session:
        return DraftPlace(session, house.drafts, token).revise(ANSWERS, now, own_phone=False)


@pytest.fixture
def sealed(house, draft, keyring, now):
    (keys,) = derive_all(house.filing_slots, draft.tracking_code, house.peppers[:1])
    manifest = keyring.manifest(now)
    return reports.seal(draft, keys, "pepper-2", manifest, vocabulary().version)


@pytest.fixture
def file(house, token, now):
    def file(sealed, under=token, **how):
        with house.database.writing() as session:
            place = DraftPlace(session, house.drafts, under)
            return reports.file(place, house.outbox, sealed, now, **how)

    return file


def test_a_filed_report_is_a_case_line_and_a_message(house, file, sealed, now):
    filed = file(sealed)
    (case,) = rows(house, Case)
    assert (case.reference, case.received_on) == (filed.reference, local_day(now))
    assert (case.state, case.revision, case.pepper_id) == ("received", 0, "pepper-2")
    assert [(one.case_id, one.kind) for one in rows(house, Submission)] == [(case.id, "report")]
    (message,) = outgoing(house)
    report = Report.read(message.data)
    assert (report.case, report.reference) == (case.id, filed.reference)
    assert report.keys["intake"] == "intake-1"


def test_intake_and_recovery_open_the_words_unchanged(house, file, sealed, draft, keyring):
    file(sealed)
    content = outgoing(house)[0].parts["content"]
    (keys,) = derive_all(house.filing_slots, draft.tracking_code, house.peppers[:1])
    for holder in ("intake", "recovery"):
        opened = open_report(content, [keyring.identities[holder]])
        assert (opened.category, opened.story) == ("village", STORY)
        assert (opened.place, opened.happened, opened.helper) == ("村委会", "去年", True)
        assert vars(opened.subject) == {
            "unit": "青石村",
            "name": "某会计",
            "post": "会计",
            "level": "L6",
            "region": "柳溪镇",
        }
        assert opened.reply_recipient == keys.reply_recipient
        assert opened.verify_key == keys.verify_key
        assert is_bound(opened.identity_sha256, outgoing(house)[0].parts["identity"])
        assert not is_bound(opened.identity_sha256, b"somebody else's name")


def test_an_anonymous_identity_is_there_and_empty(house, file, sealed, keyring):
    file(sealed)
    outer = outgoing(house)[0].parts["identity"]
    inner = open_identity_layer(outer, [keyring.identities["custodian_a"]])
    assert open_identity(inner, [keyring.identities["custodian_b"]]) is None


def test_a_named_identity_needs_both_groups_and_the_content_says_named_only(
    house, token, keyring, now
):
    named = {**ANSWERS, "mode": "named", "full_name": NAME, "phone": PHONE, "call_me": "yes"}
    with house.database.writing() as session:
        draft = DraftPlace(session, house.drafts, token).revise(named, now, own_phone=False)
    (keys,) = derive_all(house.filing_slots, draft.tracking_code, house.peppers[:1])
    sealed = reports.seal(draft, keys, "pepper-2", keyring.manifest(now), vocabulary().version)
    content = open_report(sealed.content, [keyring.identities["intake"]])
    assert content.named
    assert NAME.encode() not in content.to_bytes()
    assert PHONE.encode() not in content.to_bytes()
    inner = open_identity_layer(sealed.identity, [keyring.identities["custodian_a"]])
    opened = open_identity(inner, [keyring.identities["custodian_b"]])
    assert opened == NamedReporter(NAME, PHONE, call_me=True).to_fields()


def test_what_an_anonymous_draft_held_by_mistake_is_not_sealed(house, token, keyring, now):
    given = {**ANSWERS, "mode": "anonymous", "full_name": NAME, "phone": PHONE}
    with house.database.writing() as session:
        draft = DraftPlace(session, house.drafts, token).revise(given, now, own_phone=False)
    assert draft.reporter is None


def test_filing_twice_is_filing_once(house, file, sealed):
    assert file(sealed) == file(sealed)
    assert len(rows(house, Case)) == len(outgoing(house)) == 1


def test_a_draft_that_changed_meanwhile_is_not_filed(house, file, sealed):
    with pytest.raises(DraftChanged):
        file(replace(sealed, draft=replace(sealed.draft, story="先前写的另外一段")))
    assert rows(house, Case) == []


def test_what_was_never_drafted_is_not_filed(file, sealed):
    with pytest.raises(NoDraft):
        file(sealed, under=Token.draw())


def test_a_reference_is_drawn_again_when_another_report_has_it(house, file, sealed, now):
    first = file(sealed, draw=lambda: "12345678")
    other = Token.draw()
    with house.database.writing() as session:
        draft = DraftPlace(session, house.drafts, other).revise(ANSWERS, now, own_phone=False)
    again = replace(sealed, draft=draft, lookup_hash="0" * 64)
    drawn = iter([first.reference, first.reference, "87654321"])
    assert file(again, under=other, draw=lambda: next(drawn)).reference == "87654321"


def test_references_have_eight_digits_and_begin_with_one_to_eight():
    drawn = {draw_reference() for _time in range(2000)}
    assert {len(one) for one in drawn} == {8}
    assert {one[0] for one in drawn} == set("12345678")
