"""The public side's first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("lookup_hash", sa.String(length=64), nullable=False),
        sa.Column("pepper_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("state_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("lookup_hash", name=op.f("uq_cases_lookup_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_cases_state"), "cases", ["state"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.Column("stub", sa.LargeBinary(), nullable=True),
        sa.Column("expires_minute", sa.Integer(), nullable=False),
        sa.Column("kept_long", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_drafts_expires_minute"), "drafts", ["expires_minute"], unique=False)
    op.create_table(
        "tracking_sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("ends_minute", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_sessions")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_tracking_sessions_ends_minute"), "tracking_sessions", ["ends_minute"], unique=False
    )
    op.create_table(
        "replies",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_replies_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "part", name=op.f("pk_replies")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_submissions_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_submissions_case_id"), "submissions", ["case_id"], unique=False)
    op.create_table(
        "exchange_incoming",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("receipt_due", sa.Boolean(), nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        sa.Column("safe_due", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_incoming")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_exchange_incoming_outcome", "exchange_incoming", ["outcome"], unique=False)
    op.create_index(
        "ix_exchange_incoming_place", "exchange_incoming", ["epoch", "sequence"], unique=False
    )
    op.create_index(
        "ix_exchange_incoming_receipt_due", "exchange_incoming", ["receipt_due"], unique=False
    )
    op.create_index(
        "ix_exchange_incoming_safe_due", "exchange_incoming", ["safe_due"], unique=False
    )
    op.create_table(
        "exchange_outgoing",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("wrapped", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_outgoing")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_exchange_outgoing_case", "exchange_outgoing", ["case"], unique=False)
    op.create_table(
        "exchange_streams",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("epoch", sa.String(length=16), nullable=False),
        sa.Column("next_sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_exchange_streams")),
        sqlite_with_rowid=False,
    )
