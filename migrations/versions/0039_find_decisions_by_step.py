"""Find the decisions of moderators among everything that happened."""

from __future__ import annotations

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the log by thing and step."""
    op.create_index("ix_history_step", "history", ["subject", "step", "id"])


def downgrade() -> None:
    """Do without."""
    op.drop_index("ix_history_step", "history")
