"""What changed between two texts, in pieces that a person reads: Chinese goes by the character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[A-Za-z]+|[0-9.,]+|.", re.DOTALL)
# Between two changes so close to each other, what stayed the same is read as changed too.
CLOSE = 2
AROUND = 20


@dataclass(frozen=True)
class Piece:
    """A stretch that was `removed`, `added`, or stayed the `same`."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Return the pieces that lead from one text to the other, long ones that stayed cut."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        if kind == "equal" and not (found and b < len(old) and d < len(new) and b - a <= CLOSE):
            found.append(Piece("same", gone))
        else:
            found += [Piece("removed", gone), Piece("added", come)]
    return [_cut(piece) for piece in _joined(found)]


def _joined(found: list[Piece]) -> Iterator[Piece]:
    removed, added = "", ""
    for piece in [*found, Piece("same", "")]:
        if piece.kind == "removed":
            removed += piece.text
        elif piece.kind == "added":
            added += piece.text
        else:
            if removed:
                yield Piece("removed", removed)
            if added:
                yield Piece("added", added)
            removed, added = "", ""
            if piece.text:
                yield piece


def _cut(piece: Piece) -> Piece:
    if piece.kind != "same" or len(piece.text) <= 3 * AROUND:
        return piece
    return Piece("same", f"{piece.text[:AROUND]}……{piece.text[-AROUND:]}")
