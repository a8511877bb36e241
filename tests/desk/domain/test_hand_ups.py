"""Handing a case up: the superior gets all of it, the desk keeps nothing, and it happens once."""

from base64 import b64decode
from collections.abc import Callable

import pytest
from sqlalchemy import select

from portal.desk.domain import cases, extensions, handed_up, notes
from portal.desk.domain.acts import Changed, Desk, NotAllowed, NotYours
from portal.desk.domain.cases import UnknownCase
from portal.desk.domain.extensions import Asked
from portal.desk.domain.files import files_named
from portal.desk.domain.hand_ups import WordsWait
from portal.desk.models.audit import AuditEntry
from portal.sealing import age
from portal.sealing.errors import SealingError
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from portal.store import MissingFile
from portal.superior.folder import receipt_id
from tests.desk import sheets
from tests.desk.arrivals import FILED, LATER, STORY, Reporter, deliver, told
from tests.desk.casework import WORDS, Office
from tests.desk.custody import WHO, Custodians, appoint
from tests.desk.paper import enter
from tests.desk.superior import SuperiorCommission
from tests.desk.townships import open_township

SUPPLEMENT = "他把压下来的信交给了被反映的人。"
ANSWER = "是前年春天的事。"
NOTE = "反映的是本机关的人，先不要传开。"
REASON = "要等账目。"
MATTER = "修路款"
SAME = "同一个人，同一笔钱。"


@pytest.fixture
def superior(office: Office) -> SuperiorCommission:
    return SuperiorCommission(office)


@pytest.fixture
def custodians(office: Office) -> Custodians:
    return appoint(office)


def well_known(custodians: Custodians, other: Reporter) -> Reporter:
    """A named case with everything that a case can have, and linked with another one."""
    office, house = custodians.office, custodians.house
    reporter = custodians.named_report()
    opener, by = office.opener(office.clerk), office.clerk.id
    with house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        asked = Asked(3, REASON, case.revision, by)
        extensions.extend(session, Desk(house.items, house.outbox), case, asked, FILED)
        notes.write(session, opener, case, NOTE, seen=0, person_id=by, now=LATER)
    for code in ("accept", "need-more"):
        office.do(reporter, code)
    deliver(house, reporter.answer(ANSWER, office.recipient))
    custodians.ask(reporter)
    with house.database.writing() as session:
        opener.take_over_words(session, cases.get(session, reporter.reference), LATER.date())
    office.do(reporter, "start")
    office.do(reporter, "close")
    sheets.fill_in(office, reporter, matter=MATTER)
    sheets.link(office, reporter, other, SAME)
    deliver(house, reporter.rating(Rating(site=5), Identity.generate().recipient))
    deliver(house, reporter.answer(SUPPLEMENT, office.recipient, purpose="add"))
    return reporter


def test_the_superior_reads_all_that_the_desk_had(
    custodians: Custodians, superior: SuperiorCommission
) -> None:
    other = custodians.office.case_in("accepted", "40518273")
    reporter = well_known(custodians, other)
    identity = custodians.house.items.get(custodians.office.case(reporter).identity_file)
    superior.hand_up(reporter)
    (inside,) = superior.opened()
    assert (inside["type"], inside["reference"]) == ("superior_report", reporter.reference)
    assert inside["report"]["story"] == STORY
    beside = inside["handed_up"]
    assert beside["case"] == reporter.case
    assert beside["state"] == "closed"
    # Nothing tells the order of what came on one day.
    assert {one["text"] for one in beside["words"]} == {ANSWER, SUPPLEMENT}
    assert [one["text"] for one in beside["replies"]] == [
        WORDS[code] for code in ("accept", "need-more", "close")
    ]
    assert [(one["text"], one["by"]) for one in beside["notes"]] == [(NOTE, "陈雨")]
    assert beside["extension"]["text"] == REASON
    assert beside["registration"]["matter"] == MATTER
    assert [(one["reference"], one["text"]) for one in beside["duplicates"]] == [
        (other.reference, SAME)
    ]
    acts = ["received", "extend", "accept", "need-more", "answered", "start", "close", "added"]
    assert [one["act"] for one in beside["history"]] == acts
    # The name is still under the locks of both groups, and with them, at the superior, it opens.
    assert b64decode(beside["sealed_identity"]) == identity
    assert inside["identity"] is None
    inner = age.decrypt(age.decrypt(identity, [custodians.key_a]), [custodians.key_b])
    assert WHO.full_name.encode() in inner
    assert superior.opened(superior.recovery) == [inside]


def test_no_key_of_this_commission_opens_it(
    custodians: Custodians, superior: SuperiorCommission
) -> None:
    office = custodians.office
    superior.hand_up(custodians.named_report())
    local = office.intake, office.office_key, office.recovery, custodians.key_a, custodians.key_b
    for key in local:
        with pytest.raises(SealingError):
            superior.opened(key)


def test_the_desk_keeps_no_row_and_no_file_of_it(
    custodians: Custodians, superior: SuperiorCommission
) -> None:
    office, house = custodians.office, custodians.house
    other = office.case_in("accepted", "40518273")
    kept = house.items.names() - office.outgoing_files()
    reporter = well_known(custodians, other)
    superior.hand_up(reporter)
    with house.database.reading() as session:
        assert files_named(session) == kept == house.items.names() - office.outgoing_files()
        with pytest.raises(UnknownCase):
            cases.get(session, reporter.reference)
        assert cases.get(session, other.reference).state == "accepted"
        assert handed_up.is_handed_up(session, reporter.case)
        assert not handed_up.is_handed_up(session, other.case)


def test_the_audit_says_who_and_only_the_superior_can_tell_what(
    office: Office, superior: SuperiorCommission
) -> None:
    reporter = office.case_in("accepted")
    superior.hand_up(reporter)
    ((person, target),) = office.audited("case-handed-up")
    (inside,) = superior.opened()
    assert person == office.clerk.id
    assert target == receipt_id(inside["receipt"])[:16]
    with office.house.database.reading() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.n.desc())).first()
    assert last is not None
    assert last.act == "case-handed-up"


def test_the_citizen_is_told_and_keeps_what_was_written(
    office: Office, superior: SuperiorCommission
) -> None:
    reporter = office.case_in("closed")
    superior.hand_up(reporter)
    snapshot, message = told(office.house)[-1]
    assert snapshot.now.state == "sealed_for_superior"
    assert (snapshot.due, snapshot.flags) == (None, ())
    assert len(message.parts) == 2


def test_a_letter_that_the_public_side_never_knew_is_told_to_nobody(
    office: Office, superior: SuperiorCommission
) -> None:
    case = enter(office)
    before = len(told(office.house))
    superior.hand_up(Reporter.draw(case.reference))
    assert len(told(office.house)) == before
    (inside,) = superior.opened()
    assert inside["handed_up"]["letter"]["signers"] == 12


def not_mine(office: Office, reporter: Reporter, superior: SuperiorCommission) -> None:
    superior.hand_up(reporter, by=office.colleague)


def changed(office: Office, reporter: Reporter, superior: SuperiorCommission) -> None:
    seen = office.case(reporter).revision
    deliver(office.house, reporter.answer(SUPPLEMENT, office.recipient, purpose="add"))
    superior.hand_up(reporter, revision=seen)


def once_more(office: Office, reporter: Reporter, superior: SuperiorCommission) -> None:
    with office.house.database.writing() as session:
        cases.get(session, reporter.reference).state = "sealed_for_superior"
    superior.hand_up(reporter)


def a_name_is_lost(office: Office, reporter: Reporter, superior: SuperiorCommission) -> None:
    office.house.items.discard(office.case(reporter).identity_file)
    superior.hand_up(reporter)


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        (not_mine, NotYours),
        (changed, Changed),
        (once_more, NotAllowed),
        (a_name_is_lost, MissingFile),
    ],
)
def test_what_cannot_be_handed_up_stays_whole(
    office: Office,
    superior: SuperiorCommission,
    attempt: Callable[[Office, Reporter, SuperiorCommission], None],
    refusal: type[Exception],
) -> None:
    reporter = office.case_in("accepted")
    with pytest.raises(refusal):
        attempt(office, reporter, superior)
    assert superior.opened() == []
    assert office.house.superior.names() == set()
    assert office.case(reporter).reference == reporter.reference
    assert office.audited("case-handed-up") == []


def test_a_handler_waits_for_words_that_a_clerk_can_open(
    office: Office, superior: SuperiorCommission
) -> None:
    township = open_township(office)
    reporter = township.given()
    township.claim(reporter, township.handler)
    deliver(office.house, reporter.answer(SUPPLEMENT, office.recipient, purpose="add"))
    with pytest.raises(WordsWait):
        superior.hand_up(reporter, by=township.handler)
    with office.house.database.writing() as session:
        case = cases.get(session, reporter.reference)
        office.opener(office.clerk).take_over_words(session, case, LATER.date())
    superior.hand_up(reporter, by=township.handler)
    ((words,),) = (
        [one["text"] for one in each["handed_up"]["words"]] for each in superior.opened()
    )
    assert words == SUPPLEMENT


def test_words_that_nobody_opens_go_along_as_they_lie(
    office: Office, superior: SuperiorCommission
) -> None:
    reporter = office.case_in("accepted")
    lost = Identity.generate()
    deliver(office.house, reporter.answer(SUPPLEMENT, lost.recipient, purpose="add"))
    superior.hand_up(reporter)
    (words,) = superior.opened()[0]["handed_up"]["words"]
    assert "text" not in words
    assert SUPPLEMENT.encode() in age.decrypt(b64decode(words["sealed"]), [lost])
