"""What a report's content says that its sealed identity hashes to; None for those of before."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("identity_sha256", sa.String(length=64), nullable=True))
