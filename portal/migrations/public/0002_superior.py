"""Sealed reports that wait for the superior commission, and the numbers of their files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "superior_items",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=8), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superior_items")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "superior_streams",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.String(length=8), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_superior_streams")),
        sqlite_with_rowid=False,
    )
