"""Registration sheets, the keyed index over them, and which cases repeat an earlier one."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "registrations",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_registrations_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_registrations_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_registrations")),
    )
    op.create_table(
        "registration_tokens",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_registration_tokens_case_id_cases")
        ),
        sa.PrimaryKeyConstraint("case_id", "kind", name=op.f("pk_registration_tokens")),
    )
    op.create_index(
        op.f("ix_registration_tokens_token"), "registration_tokens", ["token"], unique=False
    )
    op.create_table(
        "duplicates",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("earlier_id", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_duplicates_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["cases.id"], name=op.f("fk_duplicates_earlier_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_duplicates_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "earlier_id", name=op.f("pk_duplicates")),
    )
    op.create_index(op.f("ix_duplicates_earlier_id"), "duplicates", ["earlier_id"], unique=False)
