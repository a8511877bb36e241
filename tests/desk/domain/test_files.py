"""The sweep of the store must know every file that a row still needs."""

from portal.desk.domain.files import files_named
from portal.sealing.keys import Identity
from portal.sealing.ratings import Rating
from tests.desk.arrivals import FILED_ON, deliver
from tests.desk.casework import Office


def test_every_sealed_file_of_a_case_is_named_and_nothing_else_is_left(office: Office) -> None:
    office.arrive("10000001")
    reporter = office.case_in("need_more")
    for text in ("前年", "春天"):
        deliver(office.house, reporter.answer(text, office.recipient))
    rating = Rating(site=5)
    for _time in range(2):
        deliver(office.house, reporter.rating(rating, Identity.generate().recipient))
    with office.house.database.writing() as session:
        case = office.case(reporter)
        office.opener(office.clerk).take_over_words(session, session.merge(case), FILED_ON)
    with office.house.database.reading() as session:
        named = files_named(session)
    on_their_way = office.outgoing_files()
    assert named | on_their_way == office.house.items.names()
    assert not named & on_their_way
    assert office.house.items.sweep(named) == len(on_their_way)
    assert office.house.items.names() == named
