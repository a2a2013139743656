"""Count the moves of a term to an earlier day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

COUNT = """
    UPDATE commitment SET earlier_count = (
        SELECT count(*) FROM term_move
        WHERE term_move.commitment_id = commitment.id
        AND term_move.new_latest < term_move.old_latest
    ) WHERE move_count > 0
"""


def upgrade() -> None:
    """Add the number, counted from the moves that there are."""
    number = sa.Column("earlier_count", sa.Integer(), nullable=False, server_default="0")
    op.add_column("commitment", number)
    op.execute(COUNT)


def downgrade() -> None:
    """Forget the number: the moves hold it."""
    op.drop_column("commitment", "earlier_count")
