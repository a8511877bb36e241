"""Schema of both databases: alembic, one line of revisions for each side."""
