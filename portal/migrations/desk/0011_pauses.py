"""A term keeps when it waited, so that a calendar announced later counts those days again."""

from datetime import date

import sqlalchemy as sa
from alembic import op

from portal.reference.workdays import Calendar, add_working_days

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

deadlines = sa.table(
    "deadlines",
    sa.column("case_id", sa.String),
    sa.column("kind", sa.String),
    sa.column("starts_on", sa.Date),
    sa.column("paused", sa.Integer),
    sa.column("pauses", sa.JSON),
)


def upgrade() -> None:
    op.add_column("deadlines", sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(deadlines).where(deadlines.c.paused > 0)).all():
        connection.execute(
            deadlines.update()
            .where(deadlines.c.case_id == row.case_id, deadlines.c.kind == row.kind)
            .values(pauses=[_as_long(row.starts_on, row.paused)])
        )
    op.drop_column("deadlines", "paused")


def _as_long(starts_on: date, paused: int) -> list[str]:
    """Stand for waits of which only the sum was kept, by one of as many working days."""
    until = add_working_days(starts_on, paused, Calendar()).day
    return [starts_on.isoformat(), until.isoformat()]
