"""Ask in a message about progress what comes next, and how much is done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TEXTS = ("ahead", "ahead_html")


def upgrade() -> None:
    """Add the answers; messages of before have none."""
    for name in TEXTS:
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("progress_update", column)
    op.add_column("progress_update", sa.Column("percent", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    for name in ("percent", *TEXTS):
        op.drop_column("progress_update", name)
