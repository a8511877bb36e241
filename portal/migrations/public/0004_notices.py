"""Notices: signed documents, where they stand in the lists, and the pairs that find them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=9), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("area", sa.String(length=8), nullable=False),
        sa.Column("region", sa.String(length=12), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.String(length=9), nullable=True),
        sa.Column("shown_from", sa.Integer(), nullable=False),
        sa.Column("shown_until", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("notice", "version", name=op.f("uq_notices_notice_version")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_listed", "notices", ["published_on", "number"], unique=False)
    for column in ("year", "kind", "region"):
        columns = [column, "published_on", "number"]
        op.create_index(f"ix_notices_{column}", "notices", columns, unique=False)
    for column in ("number", "answers"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column], unique=False)
    for name, column, condition in (
        ("waiting", "shown_from", sa.text("shown_from > 0")),
        ("over", "shown_until", sa.text("shown_until < 2147483647")),
    ):
        op.create_index(
            f"ix_notices_{name}",
            "notices",
            [column],
            unique=False,
            sqlite_where=condition,
            postgresql_where=condition,
        )
    op.create_table(
        "notice_documents",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["notices.id"], name=op.f("fk_notice_documents_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_documents")),
    )
    op.create_table(
        "notice_pairs",
        sa.Column("pair", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notice_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("pair", "notice_row", name=op.f("pk_notice_pairs")),
        sqlite_with_rowid=False,
    )
