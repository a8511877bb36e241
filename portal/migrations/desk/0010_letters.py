"""Letters, visits and calls, and the claim slips of their reporters.

The channel of older cases is the site's own, by the column's default. A reply may wait for its
reporter, so that its file is no longer required; SQLite changes that by copying the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("channel", sa.String(length=8), nullable=False, server_default="WANG")
    )
    op.add_column("cases", sa.Column("claimed_slip", sa.Boolean(), nullable=True))
    with op.batch_alter_table("case_replies") as batch:
        batch.alter_column("reporter_file", existing_type=sa.String(length=64), nullable=True)
    op.create_table(
        "letters",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("postmark", sa.Date(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("signers", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_letters")),
    )
    op.create_table(
        "claim_slips",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_by", sa.String(length=32), nullable=False),
        sa.Column("lookup_hash", sa.String(length=64), nullable=False),
        sa.Column("pepper_id", sa.String(length=32), nullable=False),
        sa.Column("verify_key", sa.String(length=64), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_claim_slips_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["people.id"], name=op.f("fk_claim_slips_issued_by_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_claim_slips")),
    )
