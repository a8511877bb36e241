"""Notices and their drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=9), nullable=True),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("released_draft", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_notices_number")),
    )
    op.create_index(op.f("ix_notices_review_on"), "notices", ["review_on"])
    op.create_index(op.f("ix_notices_state"), "notices", ["state"])
    op.create_table(
        "notice_versions",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_versions_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_versions_person_id_people")
        ),
        sa.PrimaryKeyConstraint("notice_id", "number", name=op.f("pk_notice_versions")),
    )
    _create_reviews()
    _create_releases()


def _create_reviews() -> None:
    op.create_table(
        "notice_reviews",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("naming", sa.Boolean(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_reviews_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_reviews_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_reviews")),
    )
    op.create_index(op.f("ix_notice_reviews_notice_id"), "notice_reviews", ["notice_id"])
    op.create_table(
        "notice_acceptances",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_acceptances_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_acceptances_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_acceptances")),
    )
    op.create_index(op.f("ix_notice_acceptances_notice_id"), "notice_acceptances", ["notice_id"])


def _create_releases() -> None:
    op.create_table(
        "notice_releases",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_releases_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_releases_person_id_people")
        ),
        sa.PrimaryKeyConstraint("notice_id", "number", name=op.f("pk_notice_releases")),
    )
    op.create_table(
        "notice_ticks",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_notice_ticks_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_notice_ticks_case_id_cases")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_ticks_person_id_people")
        ),
        sa.PrimaryKeyConstraint("notice_id", "version", "case_id", name=op.f("pk_notice_ticks")),
    )
    op.create_table(
        "notice_alarms",
        sa.Column("notice_id", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_notice_alarms")),
    )
