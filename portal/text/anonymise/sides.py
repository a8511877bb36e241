"""What stands beside a place of a text: words that tell of a person, and how the rest would be cut."""

from dataclasses import dataclass

from portal.text.anonymise import cues, cuts
from portal.text.anonymise.cuts import Cuts
from portal.text.anonymise.places import HAN
from portal.text.anonymise.surnames import given_often, given_score

EDGE = "^"
# Words that end like this are often what somebody is: 药商, 抄表员, 户籍民警.
ROLES = frozenset("员长人师商主工民手户夫者生导家警贩妻父母子女弟兄哥姐妹婿媳舅叔伯姑姨友官吏匠医")
# Behind these a name may begin with any character: 会计千帆.
TELLING = frozenset({"post", "kin", "label", "role", "field"})


@dataclass(frozen=True)
class Side:
    """What stands on one side of a stretch.

    The nearest character, two of them, a cue and its class, the next word, the classes of that word
    and of the one beyond, how much a cut costs here, and how much the next character looks like part
    of a given name.
    """

    near: str
    two: str
    cue: str
    kind: str
    word: str
    sort: str
    beyond: str
    torn: int
    strong: int


class Sides:
    """Reads one folded copy; what stands beside a place is worked out once."""

    def __init__(self, copy: str) -> None:
        self.copy = copy
        self.cuts = Cuts(copy)
        self._before: dict[int, Side] = {}
        self._after: dict[int, Side] = {}

    def before(self, place: int) -> Side:
        """Return what stands before a place."""
        if place not in self._before:
            near = self.copy[place - 1] if place else EDGE
            cue, kind = cues.left(self.copy, place)
            word = self.cuts.word_before(place)
            beyond = self.cuts.word_before(place - len(word)) if word else ""
            self._before[place] = Side(
                near,
                self.copy[max(0, place - 2) : place],
                cue,
                self._field(place) or _role(kind or _shape(near), word),
                word,
                cuts.sort(word),
                cuts.sort(beyond),
                _step(self.cuts.torn(place)),
                0,
            )
        return self._before[place]

    def _field(self, place: int) -> str:
        """Return `field` behind a colon that follows a label or a post: 权利人：, 经办："""
        told = place > 1 and self.copy[place - 1] == ":" and cues.left(self.copy, place - 1)
        return "field" if told and told[1] in TELLING and len(told[0]) > 1 else ""

    def after(self, place: int) -> Side:
        """Return what stands after a place."""
        if place not in self._after:
            near = self.copy[place] if place < len(self.copy) else EDGE
            cue, kind = cues.right(self.copy, place)
            word = self.cuts.word_after(place)
            self._after[place] = Side(
                near,
                self.copy[place : place + 2],
                cue,
                kind or _shape(near),
                word,
                cuts.sort(word),
                cuts.sort(self.cuts.word_after(place + len(word))),
                _step(self.cuts.torn(place)),
                strength(near),
            )
        return self._after[place]


def _step(bits: int) -> int:
    """Return a number of bits in steps: 0 for none, 4 for many."""
    return 0 if bits <= 0 else 1 if bits < 4 else 2 if bits < 8 else 3 if bits < 13 else 4


def _role(kind: str, word: str) -> str:
    if kind == "han" and word[-1:] in ROLES:
        return "role" if len(word) > 1 else "rolelet"
    return kind


def strength(given: str) -> int:
    """Return how much a given name looks like one: 0 … 6, whatever its length."""
    scores = [given_score(one) + given_often(one) / 2 for one in given]
    return max(0, min(6, round(sum(scores) / max(1, len(scores))) + 1))


def _shape(character: str) -> str:
    if character in ",。;!?…\n" + EDGE:
        return "stop"
    if character in "、:":
        return character
    if HAN.match(character):
        return "han"
    return "digit" if character.isalnum() else "mark"
