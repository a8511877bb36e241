"""Cases that a claim slip's code finds; what was filed on the site has none, and slip number 0."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("claimed_slip", sa.Boolean(), nullable=True))
    op.add_column(
        "cases", sa.Column("slip_number", sa.Integer(), nullable=False, server_default="0")
    )
