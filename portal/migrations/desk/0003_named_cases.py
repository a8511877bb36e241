"""Whether a case has a named reporter; who it is stays sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite adds no column without a default that no row may lack; cases so far are anonymous.
    op.add_column(
        "cases", sa.Column("named", sa.Boolean(), nullable=False, server_default=sa.false())
    )
