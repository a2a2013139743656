"""Let the operator block an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add since when an account is blocked."""
    op.add_column("account", sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget who was blocked: they can sign in again."""
    op.drop_column("account", "blocked_at")
