"""Find what stands in the orders of the list: indexes that leave out what is hidden."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ORDERS = {
    "ix_commitment_published": ["published_at", "id"],
    "ix_commitment_term": ["sort_latest", "sort_earliest", "id"],
    "ix_commitment_title": ["sort_title", "id"],
    "ix_commitment_updated": ["updated_at", "id"],
}


def upgrade() -> None:
    """Let each index leave out what is hidden, as every list does, and hold the state."""
    for name, order in ORDERS.items():
        op.drop_index(name, "commitment")
        _make(name, *order)


def _make(name: str, *order: str) -> None:
    shown = sa.text("hidden_at IS NULL")
    columns = [*order, "state"]
    op.create_index(name, "commitment", columns, sqlite_where=shown, postgresql_where=shown)


def downgrade() -> None:
    """Take the former indexes back."""
    for name, order in ORDERS.items():
        op.drop_index(name, "commitment")
        op.create_index(name, "commitment", ["state", *order])
