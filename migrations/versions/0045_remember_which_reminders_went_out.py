"""Remember which reminders went out, so that none goes twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "sent_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(20), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_sent_reminder_commitment_id_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_sent_reminder_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_reminder")),
        sa.UniqueConstraint(
            "commitment_id",
            "account_id",
            "about",
            "occasion",
            name=op.f("uq_sent_reminder_commitment_id_account_id_about_occasion"),
        ),
    )
    op.create_index("ix_sent_reminder_account", "sent_reminder", ["account_id", "sent_on"])


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_sent_reminder_account", "sent_reminder")
    op.drop_table("sent_reminder")
