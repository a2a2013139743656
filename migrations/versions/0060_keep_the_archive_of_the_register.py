"""Keep which archive of the register was made last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "register_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("archive_key", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_from", sa.Integer(), nullable=False),
        sa.Column("taken_away", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_archive")),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_table("register_archive")
