"""`portal anonymise`: find, or mask, what may tell who somebody is, in texts line by line."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from portal.text.anonymise import Party, find, masked
from portal.text.decode import decoded

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


class BadLine(click.ClickException):
    """A line that cannot be read; its number is said."""

    exit_code = 65  # EX_DATAERR of sysexits.h


@dataclass(frozen=True)
class Passage:
    """One text of the stream."""

    id: Any
    text: str


@click.command("anonymise")
@click.option("--mask", "as_text", is_flag=True, help="write the masked text instead of the places")
@click.option(
    "--parties", "parties_file", type=READABLE, help="JSON Lines: role, name, other_names"
)
@click.option("--units", "units_file", type=READABLE, help="names of units, one on each line")
def command(*, as_text: bool, parties_file: Path | None, units_file: Path | None) -> None:
    """Read {"id", "text"} lines; write {"id", "spans"}, or with --mask {"id", "text"}, lines."""
    parties = tuple(_parties(parties_file)) if parties_file else ()
    units = tuple(_lines(units_file)) if units_file else ()
    for passage in passages(sys.stdin.buffer):
        answer: dict[str, object] = {"id": passage.id}
        if as_text:
            answer["text"] = masked(passage.text, parties=parties, units=units)
        else:
            answer["spans"] = [
                {"start": one.start, "end": one.end, "type": one.type}
                for one in find(passage.text, parties=parties, units=units)
            ]
        written = json.dumps(answer, ensure_ascii=False)
        click.echo(written.encode("utf-8", "backslashreplace"))


def passages(lines: Iterable[bytes]) -> Iterator[Passage]:
    """Yield the passage of each line that is not blank.

    :raises BadLine: when a line is no JSON object with an id and a text.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _passage(_parsed(line, number, "standard input"), number)


def _passage(value: dict[str, Any], number: int) -> Passage:
    if "id" not in value or not isinstance(value.get("text"), str):
        raise BadLine(f'standard input, line {number}: wants "id" and a "text" that is a string.')
    return Passage(value["id"], value["text"])


def _parsed(line: bytes | str, number: int, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise BadLine(f"{where}, line {number}: is no JSON.") from error
    if not isinstance(value, dict):
        raise BadLine(f"{where}, line {number}: is no JSON object.")
    return value


def _lines(file: Path) -> Iterator[str]:
    for line in decoded(file.read_bytes()).splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _parties(file: Path) -> Iterator[Party]:
    for number, line in enumerate(decoded(file.read_bytes()).split("\n"), 1):
        if not line.strip():
            continue
        value = _parsed(line, number, file.name)
        names = value.get("other_names", [])
        if not isinstance(value.get("name"), str) or not isinstance(names, list):
            raise BadLine(
                f'{file.name}, line {number}: wants a "name" and a list of "other_names".'
            )
        yield Party(
            role=str(value.get("role", "")),
            name=value["name"],
            other_names=tuple(map(str, names)),
            unit=str(value.get("unit", "")),
            post=str(value.get("post", "")),
            token=str(value.get("token", "")),
        )
