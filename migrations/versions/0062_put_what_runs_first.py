"""Put what runs first in the list of promises, from an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

SHOWN = sa.text("hidden_at IS NULL")
ORDER = ["sort_group", "sort_latest", "sort_earliest", "id", "state"]

commitment = sa.table(
    "commitment", sa.column("progress", sa.String), sa.column("sort_group", sa.Integer)
)


def upgrade() -> None:
    """Add the column, filled by how far each promise is, and an index in the order of the list."""
    op.add_column(
        "commitment", sa.Column("sort_group", sa.Integer(), nullable=False, server_default="0")
    )
    progress = commitment.c.progress
    group = sa.case((progress == "geen-bericht", 1), else_=2)
    is_over = progress.not_in(("gepland", "loopt", "vertraagd"))
    op.get_bind().execute(sa.update(commitment).where(is_over).values(sort_group=group))
    op.create_index(
        "ix_commitment_group",
        "commitment",
        ORDER,
        sqlite_where=SHOWN,
        postgresql_where=SHOWN,
    )


def downgrade() -> None:
    """Sort the list anew for every page."""
    op.drop_index("ix_commitment_group", "commitment")
    op.drop_column("commitment", "sort_group")
