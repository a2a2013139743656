"""Count how far commitments are in an index, without looking at each of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index that the figures of the front page are counted in."""
    op.create_index(
        "ix_commitment_standing",
        "commitment",
        ["progress", "term_latest"],
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )


def downgrade() -> None:
    """Look at every commitment again."""
    op.drop_index("ix_commitment_standing", table_name="commitment")
