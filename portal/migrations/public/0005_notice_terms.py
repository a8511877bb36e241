"""Lists of notices are walked from any place, and one table finds words and filters alike."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

notices = sa.table(
    "notices",
    *(sa.column(name, sa.Integer) for name in ("id", "year")),
    *(sa.column(name, sa.String) for name in ("number", "kind", "area", "region", "mode")),
    sa.column("published_on", sa.Date),
    sa.column("place", sa.BigInteger),
)
documents = sa.table("notice_documents", sa.column("id", sa.Integer), sa.column("words", sa.Text))


def upgrade() -> None:
    for name in ("listed", "year", "kind", "region"):
        op.drop_index(f"ix_notices_{name}", "notices")
    op.drop_table("notice_pairs")
    # Every row gets its own place below; a column that must be filled needs one until then.
    op.add_column(
        "notices", sa.Column("place", sa.BigInteger(), nullable=False, server_default="0")
    )
    terms = op.create_table(
        "notice_terms",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "place", "notice_row", name=op.f("pk_notice_terms")),
        sqlite_with_rowid=False,
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(notices)).all():
        place = _place(row.published_on, row.number)
        mine = notices.c.id == row.id
        connection.execute(sa.update(notices).where(mine).values(place=place))
        words = connection.scalar(sa.select(documents.c.words).where(documents.c.id == row.id))
        found = sorted({*_pairs(words or ""), *_facets(row)})
        connection.execute(
            terms.insert(), [{"term": one, "place": place, "notice_row": row.id} for one in found]
        )
    op.create_index(op.f("ix_notices_place"), "notices", ["place"], unique=False)


def _place(on: date, number: str) -> int:
    return on.toordinal() * 10**8 + int(number.replace("-", ""))


def _pairs(words: str) -> Iterator[int]:
    for line in words.split("\n"):
        yield from map(ord, line)
        yield from ((ord(a) << 21) + ord(b) for a, b in pairwise(line))


def _facets(row: sa.Row[tuple[object, ...]]) -> Iterator[int]:
    yield (1 << 42) + row.year
    if row.region:
        yield (2 << 42) + int(f"1{row.region}")
    yield (3 << 42) + int(f"1{row.kind[1:]}")
    if row.area:
        yield (4 << 42) + int(f"1{row.area[1:]}")
    yield (5 << 42) + ("anonymised", "named").index(row.mode) + 1
