"""The list of units, deputies of approvers, and the consents of those whose name is cleared."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("other_names", sa.String(length=1000), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_units_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
    )
    op.create_table(
        "unit_posts",
        sa.Column("unit_id", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_unit_posts_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("unit_id", "n", name=op.f("pk_unit_posts")),
    )
    _create_deputies()
    _create_consents()


def _create_deputies() -> None:
    op.create_table(
        "deputyships",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("approver_id", sa.String(length=32), nullable=False),
        sa.Column("deputy_id", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("named_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["people.id"], name=op.f("fk_deputyships_approver_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"], ["people.id"], name=op.f("fk_deputyships_deputy_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["people.id"], name=op.f("fk_deputyships_ended_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputyships")),
    )
    op.create_index(op.f("ix_deputyships_approver_id"), "deputyships", ["approver_id"])
    op.create_index(op.f("ix_deputyships_deputy_id"), "deputyships", ["deputy_id"])
    for table in ("notice_reviews", "notice_acceptances", "notice_releases"):
        # SQLite takes a new foreign key only with a new table.
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("deputy_for", sa.String(length=32), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_deputy_for_people"), "people", ["deputy_for"], ["id"]
            )


def _create_consents() -> None:
    op.add_column("notices", sa.Column("answers", sa.String(length=9), nullable=True))
    op.add_column("notices", sa.Column("expires_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_notices_answers"), "notices", ["answers"])
    op.create_table(
        "notice_consents",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=32), nullable=True),
        sa.Column("withdrawal", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_consents_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_consents_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["people.id"], name=op.f("fk_notice_consents_withdrawn_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_consents")),
    )
    op.create_index(op.f("ix_notice_consents_notice_id"), "notice_consents", ["notice_id"])
