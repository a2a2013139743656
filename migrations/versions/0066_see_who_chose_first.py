"""Give each row of a file that is brought in a version, so that who comes second is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the version."""
    op.add_column(
        "intake_row", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("intake_row", "version")
