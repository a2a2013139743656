"""State how accessible the portal is: a row for the vereniging's statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; without a row no status is claimed."""
    op.create_table(
        "accessibility_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("duty", sa.String(10), nullable=False),
        sa.Column("researched_on", sa.Date(), nullable=True),
        sa.Column("report_url", sa.String(300), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("register_url", sa.String(300), nullable=False),
        sa.Column("failings_nl", sa.Text(), nullable=False),
        sa.Column("failings_en", sa.Text(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_statement")),
    )


def downgrade() -> None:
    """Take the statement away."""
    op.drop_table("accessibility_statement")
