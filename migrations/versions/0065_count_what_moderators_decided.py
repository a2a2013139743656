"""Let a yearly report keep what moderators decided in its year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; reports that are there counted nothing of it."""
    op.add_column(
        "yearly_report",
        sa.Column("moderation", sa.JSON(), nullable=False, server_default=sa.text("'{}'")),
    )


def downgrade() -> None:
    """Forget what was decided."""
    op.drop_column("yearly_report", "moderation")
