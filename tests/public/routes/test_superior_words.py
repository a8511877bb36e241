"""Adding to a report that the superior has: it goes the same way, and the desk hears nothing."""

import json
from base64 import b64decode

import pytest

from portal.exchange.kinds import Reply
from portal.exchange.statements import Statement
from portal.public.domain import superior_words
from portal.public.domain.derivation import derive_all
from portal.public.domain.purposes import MOST_ADDS, TooMany
from portal.public.models.cases import Case, Submission
from portal.sealing import age
from portal.sealing.errors import SealingError
from portal.sealing.padding import unpad
from portal.sealing.replies import verify_signature
from portal.sealing.tracking_code import TrackingCode
from portal.superior.folder import receipt_id
from portal.superior.tables import SuperiorItem
from tests.public.stories import look, outgoing, rows

WORDS = "他今天来找我，叫我撤回。\n我叫柳小满，电话0990-1238866。"


@pytest.fixture
def handed_up(visitor, code, tell):
    """A look at a report that the desk handed up."""
    tell("sealed_for_superior")
    return look(visitor, code)


def opened(house, identity):
    items = [house.superior.get(row.file) for row in rows(house, SuperiorItem)]
    return [json.loads(unpad(age.decrypt(one, [identity]))) for one in items]


def test_an_addition_is_read_by_the_superior_alone(visitor, house, code, keyring, handed_up):
    before = len(outgoing(house))
    page = visitor.click("补充材料")
    assert "只有云河市纪委监委能打开" in page.main
    page = visitor.fill(text=WORDS)
    assert "您补充的已经密封，转给上级" in page.main
    assert "柳小满" not in page.text
    assert len(outgoing(house)) == before
    (inside,) = opened(house, keyring.identities["superior"])
    (case,), (item,) = rows(house, Case), rows(house, SuperiorItem)
    assert (inside["type"], inside["text"]) == ("superior_later", WORDS)
    assert inside["reference"] == case.reference
    assert item.id == receipt_id(inside["receipt"])
    for name in keyring.identities.keys() - {"superior", "superior_recovery"}:
        with pytest.raises(SealingError):
            opened(house, keyring.identities[name])


def test_the_superior_can_prove_that_the_same_code_wrote_it(
    visitor, house, code, keyring, handed_up
):
    visitor.click("补充材料")
    visitor.fill(text=WORDS)
    (inside,) = opened(house, keyring.identities["superior_recovery"])
    signed, words = (b64decode(inside["parts"][name]) for name in ("statement", "words"))
    keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
    assert verify_signature(keys.verify_key, Reply.read(inside["data"]).signature, signed)
    assert Statement.from_bytes(signed).covers(words)
    assert json.loads(words)["text"] == WORDS


def test_the_same_form_twice_goes_once(visitor, house, handed_up):
    page = visitor.click("补充材料")
    typed = {"text": WORDS, "once": page.value("once"), "csrf_token": page.value("csrf_token")}
    for _press in range(2):
        visitor.post("/track/case/add", typed)
    assert len(rows(house, SuperiorItem)) == len(house.superior.names()) == 1
    assert [row.kind for row in rows(house, Submission)].count("add") == 1


def test_what_was_begun_before_the_hand_up_goes_the_same_way(visitor, house, code, tell):
    tell("accepted")
    look(visitor, code)
    visitor.open("/track/case/add")
    before = len(outgoing(house))
    tell("sealed_for_superior", revision=2)
    visitor.fill(text=WORDS)
    assert len(outgoing(house)) == before
    assert len(rows(house, SuperiorItem)) == 1


def test_nothing_links_an_addition_to_its_case(visitor, house, handed_up):
    visitor.click("补充材料")
    visitor.fill(text=WORDS)
    (case,), (item,) = rows(house, Case), rows(house, SuperiorItem)
    of_item = {str(value) for name, value in vars(item).items() if not name.startswith("_")}
    assert of_item & {str(value) for value in vars(case).values()} <= {"None"}


@pytest.fixture
def add(house, code, keyring, now):
    """Send an addition whose form bears a number."""

    def add(number):
        keys = derive_all(house.tracking_slots, TrackingCode(code), house.peppers)[0]
        manifest = keyring.manifest(now.replace(microsecond=0))
        addition = superior_words.seal(WORDS, rows(house, Case)[0], keys, manifest, now)
        with house.database.writing() as session:
            superior_words.send(session, house.superior, addition, str(number), now)

    return add


def test_as_much_is_taken_as_for_the_desk_and_what_is_refused_leaves_no_file(house, handed_up, add):
    for number in range(MOST_ADDS):
        add(number)
    with pytest.raises(TooMany):
        add(MOST_ADDS)
    assert len(rows(house, SuperiorItem)) == len(house.superior.names()) == MOST_ADDS
