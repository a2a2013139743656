"""Count in an index what is done in time and what was put off."""

from __future__ import annotations

from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

COUNTED = ["state", "hidden_at", "progress", "term_latest", "news_on"]
ALSO = ["done_on", "move_count", "earlier_count"]


def upgrade() -> None:
    """Let the index of what is counted hold what says so."""
    op.drop_index("ix_commitment_counted", "commitment")
    op.create_index("ix_commitment_counted", "commitment", [*COUNTED, *ALSO])


def downgrade() -> None:
    """Do without."""
    op.drop_index("ix_commitment_counted", "commitment")
    op.create_index("ix_commitment_counted", "commitment", COUNTED)
