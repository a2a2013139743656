"""Know the browser that registered, which confirms its address without a password."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hash of a browser's mark to mailed links; the links of before have none."""
    op.add_column("account_token", sa.Column("mark_hash", sa.String(64), nullable=True))


def downgrade() -> None:
    """Forget from which browser a link was asked."""
    op.drop_column("account_token", "mark_hash")
