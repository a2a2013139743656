"""Know when a backup was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when backups were made, and how large they were."""
    op.create_table(
        "backup_made",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("is_encrypted", sa.Boolean(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_backup_made"),
    )
    op.create_index("ix_backup_made_made_at", "backup_made", ["made_at"])


def downgrade() -> None:
    """Forget when backups were made; the backups stay."""
    op.drop_table("backup_made")
