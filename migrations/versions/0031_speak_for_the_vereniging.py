"""Let a comment speak for the vereniging."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whether a comment is said in the name of the vereniging; so far none is."""
    op.add_column(
        "comment",
        sa.Column("is_of_vereniging", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    """Let what was said for the vereniging be said by its writers alone."""
    op.execute("UPDATE comment SET organisation_name = NULL WHERE is_of_vereniging")
    op.drop_column("comment", "is_of_vereniging")
