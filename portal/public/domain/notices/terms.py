"""What finds a notice, as whole numbers: its characters, pairs of them, and what it is.

One table finds whatever is asked for, words and filters in any number, from its rarest term on.
"""

from portal.exchange.notices import ANONYMISED, NAMED
from portal.text.pairs import SHIFT

# Above every pair of characters: which filter it is, and below that what is chosen there.
ABOVE = 2 * SHIFT
YEAR, REGION, KIND, AREA, MODE = range(1, 6)
MODES = (ANONYMISED, NAMED)


def facets(*, year: int, kind: str, area: str, region: str, mode: str) -> set[int]:
    """Return the terms of what a notice is or somebody wants; what is empty has none."""
    chosen = {
        YEAR: year,
        REGION: int(f"1{region}") if region else 0,  # Codes may begin with zeros.
        KIND: _code(kind),
        AREA: _code(area),
        MODE: MODES.index(mode) + 1 if mode else 0,
    }
    return {_term(facet, value) for facet, value in chosen.items() if value}


def years_and_regions() -> tuple[int, int]:
    """Return the least term of a year, and the first one after those of regions."""
    return _term(YEAR, 0), _term(KIND, 0)


def year_of_term(term: int) -> int | None:
    """Return the year that a term stands for; None of a region's."""
    facet, value = divmod(term, 1 << ABOVE)
    return value if facet == YEAR else None


def region_of_term(term: int) -> str | None:
    """Return the code of the region that a term stands for; None of a year's."""
    facet, value = divmod(term, 1 << ABOVE)
    return str(value)[1:] if facet == REGION else None


def _code(code: str) -> int:
    # A letter for the list and two digits, of which 00 is a code like any other.
    return int(f"1{code[1:]}") if code else 0


def _term(facet: int, value: int) -> int:
    return (facet << ABOVE) + value
