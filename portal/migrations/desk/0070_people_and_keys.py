"""Who waits for a key again after losing the passphrase."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_grants",
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["keys.id"], name=op.f("fk_lost_grants_key_id_keys")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_lost_grants_person_id_people")
        ),
        sa.PrimaryKeyConstraint("key_id", "person_id", name=op.f("pk_lost_grants")),
    )
