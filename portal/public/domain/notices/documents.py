"""What may be shown of a notice: what the desk signed, in words and HTML that this site knows."""

from portal.exchange.notices import Notice, open_notice
from portal.exchange.refusals import Park
from portal.public.domain.minutes import minute_of
from portal.reference.vocabulary import vocabulary
from portal.text.sanitise import is_clean

AT_ONCE = 0
NUMBERS = 10**8  # As many numbers can there be: four digits of the year, four that count.


def accept(document: bytes, desk_key: bytes) -> Notice:
    """Return the notice in a document, whose every part may be shown.

    :raises Refused: as `open_known`, and when its HTML is more than harmless text.
    """
    notice = open_known(document, desk_key)
    if not is_clean(notice.body):
        raise Park("not clean")
    return notice


def open_known(document: bytes, desk_key: bytes) -> Notice:
    """Return the notice in a document, to be named in a list; its body was not looked at.

    :raises Refused: when the desk's key did not sign it, when it is no notice, or when it has a
        kind or an area that this site has no words for.
    """
    notice = open_notice(document, desk_key)
    if notice.kind not in {one.code for one in vocabulary().notice_kinds}:
        raise Park("unknown kind of notice")
    if notice.area and notice.area not in {one.code for one in vocabulary().areas}:
        raise Park("unknown area")
    return notice


def shown_from(notice: Notice) -> int:
    """Return the minute since 1970 from which it may be shown."""
    return AT_ONCE if notice.not_before is None else minute_of(notice.not_before)


def year_of(notice: Notice) -> int:
    """Return the year of its number, which is that of its permanent address."""
    return int(notice.number[:4])


def place_of(notice: Notice) -> int:
    """Return where it stands in every list: the newest day first, then the highest number."""
    year, _dash, serial = notice.number.partition("-")
    return notice.published_on.toordinal() * NUMBERS + int(year + serial)
