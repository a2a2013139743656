"""Know the browsers from which somebody signed in before, and who ever signed in at all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table, and when an account was entered for the first time.

    That stays empty for accounts that exist: their next sign-in is the first that is remembered,
    so nobody gets a mail about the browser that they always used.
    """
    op.add_column("account", sa.Column("entered_at", MOMENT, nullable=True))
    op.create_table(
        "known_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("mark_hash", sa.String(64), nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_known_browser_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browser")),
        sa.UniqueConstraint(
            "mark_hash", "account_id", name=op.f("uq_known_browser_mark_hash_account_id")
        ),
    )
    op.create_index(op.f("ix_known_browser_account_id"), "known_browser", ["account_id"])
    op.create_index(op.f("ix_known_browser_used_at"), "known_browser", ["used_at"])


def downgrade() -> None:
    """Know no browser."""
    op.drop_table("known_browser")
    op.drop_column("account", "entered_at")
