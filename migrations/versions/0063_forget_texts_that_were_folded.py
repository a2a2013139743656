"""Forget texts that were folded to be searched: the index of words has been asked since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

COLUMNS = (
    ("commitment", "folded"),
    ("organisation_name", "folded_name"),
    ("profile_text", "folded"),
)


def upgrade() -> None:
    """Drop them."""
    for table, name in COLUMNS:
        op.drop_column(table, name)


def downgrade() -> None:
    """Have them again, empty: the worker of that version fills them."""
    for table, name in COLUMNS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
