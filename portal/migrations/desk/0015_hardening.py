"""What a content says of its sealed identity, None for those of before; refusals, counted."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("identity_sha256", sa.String(length=64), nullable=True))
    op.create_table(
        "sign_in_refusals",
        sa.Column("minute", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("minute", "person_id", name=op.f("pk_sign_in_refusals")),
    )
    op.create_index(
        op.f("ix_sign_in_attempts_delayed_until"), "sign_in_attempts", ["delayed_until"]
    )
