"""Offices and their people, cases given to them, leave, recusals and internal notes."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INTAKE_NAME = "信访室"


def upgrade() -> None:
    _offices()
    _leave_and_recusals()
    _notes()
    _give_what_is_there_to_the_intake()


def _offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("intake", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["keys.id"], name=op.f("fk_offices_id_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("name", name=op.f("uq_offices_name")),
    )
    op.create_table(
        "office_members",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_office_members_office_id_offices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_office_members_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_office_members")),
    )
    op.create_index(
        op.f("ix_office_members_office_id"), "office_members", ["office_id"], unique=False
    )
    # Both databases take a nullable foreign key inline; copying the table, as batch mode does,
    # would need the rows that point at it to be away.
    op.execute(
        "ALTER TABLE cases ADD COLUMN office_id VARCHAR(64) "
        "CONSTRAINT fk_cases_office_id_offices REFERENCES offices (id)"
    )
    op.create_index(op.f("ix_cases_office_id"), "cases", ["office_id"], unique=False)
    op.create_table(
        "case_assignments",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.String(length=64), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_assignments_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_case_assignments_office_id_offices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_case_assignments_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_assignments")),
    )


def _leave_and_recusals() -> None:
    op.create_table(
        "absences",
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["people.id"], name=op.f("fk_absences_cover_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_absences_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_absences")),
    )
    op.create_index(op.f("ix_absences_cover_id"), "absences", ["cover_id"], unique=False)
    op.create_table(
        "recusals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_recusals_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
    )
    op.create_index(op.f("ix_recusals_person_id"), "recusals", ["person_id"], unique=False)
    op.create_table(
        "case_recusals",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_recusals_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_case_recusals_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "person_id", name=op.f("pk_case_recusals")),
    )


def _notes() -> None:
    op.create_table(
        "case_notes",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_case_notes_person_id_people")
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_notes")),
    )


def _give_what_is_there_to_the_intake() -> None:
    """Make the one office key of an older desk its intake, with its holders as members."""
    bind, today = op.get_bind(), date.today()  # noqa: DTZ011 — the day of the upgrade, roughly
    first = sa.text("SELECT id FROM keys WHERE kind = 'office' ORDER BY id")
    office = bind.execute(first).scalar()
    if office is None:
        return
    bind.execute(
        sa.text(
            "INSERT INTO offices (id, name, intake, opened_on) "
            "VALUES (:office, :name, :intake, :today)"
        ).bindparams(office=office, name=INTAKE_NAME, intake=True, today=today)
    )
    bind.execute(
        sa.text(
            "INSERT INTO office_members (person_id, office_id, since) "
            "SELECT person_id, key_id, :today FROM grants WHERE key_id = :office"
        ).bindparams(office=office, today=today)
    )
    bind.execute(
        sa.text("UPDATE cases SET office_id = :office WHERE registered_on IS NOT NULL").bindparams(
            office=office
        )
    )
