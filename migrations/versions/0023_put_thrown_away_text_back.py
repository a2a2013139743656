"""Keep text that was thrown away for a while: it may have been a mistake."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a draft was thrown away."""
    op.add_column("draft", sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget what was thrown away."""
    op.execute("DELETE FROM draft WHERE dropped_at IS NOT NULL")
    op.drop_column("draft", "dropped_at")
