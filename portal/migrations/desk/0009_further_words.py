"""Words have a purpose, a case keeps what its reporter asked for, staff keep a list of bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whatever was kept before this revision answered a question: nothing else could be sent.
    op.add_column(
        "case_words",
        sa.Column("purpose", sa.String(length=32), nullable=False, server_default="reply"),
    )
    op.add_column("case_words", sa.Column("pressed", sa.String(length=8), nullable=True))
    op.add_column("cases", sa.Column("withdraw_asked_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("review_asked_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("passed_to", sa.String(length=100), nullable=True))
    op.create_table(
        "bodies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("name", name=op.f("uq_bodies_name")),
    )
