"""Let moderators hide one old text of a promise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLE = "revision"
IS_HIDDEN = sa.text("hidden_at IS NOT NULL")


def upgrade() -> None:
    """Add what says that a text is hidden, and an index of the few that are."""
    op.add_column(TABLE, sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
    # Written out: SQLite takes a key with its column, and not afterwards.
    op.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN hidden_by INTEGER"
        f" CONSTRAINT fk_{TABLE}_hidden_by_account REFERENCES account (id)"
    )
    op.add_column(TABLE, sa.Column("hidden_ground", sa.String(40), nullable=True))
    op.create_index(
        f"ix_{TABLE}_hidden",
        TABLE,
        ["hidden_at"],
        sqlite_where=IS_HIDDEN,
        postgresql_where=IS_HIDDEN,
    )


def downgrade() -> None:
    """Forget what was hidden: it shows."""
    op.drop_index(f"ix_{TABLE}_hidden", TABLE)
    for column in ("hidden_ground", "hidden_by", "hidden_at"):
        op.drop_column(TABLE, column)
