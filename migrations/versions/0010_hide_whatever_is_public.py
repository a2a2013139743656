"""Let moderators hide short descriptions, documents and pictures too, and list what is hidden."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NEWLY_HIDEABLE = ("profile_text", "document_version", "picture")
HIDEABLE = ("comment", "commitment", "article", *NEWLY_HIDEABLE)
IS_HIDDEN = sa.text("hidden_at IS NOT NULL")


def upgrade() -> None:
    """Add what says that a thing is hidden, and an index of the few that are."""
    for table in NEWLY_HIDEABLE:
        op.add_column(table, sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        # Written out: SQLite takes a key with its column, and not afterwards.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN hidden_by INTEGER"
            f" CONSTRAINT fk_{table}_hidden_by_account REFERENCES account (id)"
        )
        op.add_column(table, sa.Column("hidden_ground", sa.String(40), nullable=True))
    for table in HIDEABLE:
        op.create_index(
            f"ix_{table}_hidden",
            table,
            ["hidden_at"],
            sqlite_where=IS_HIDDEN,
            postgresql_where=IS_HIDDEN,
        )


def downgrade() -> None:
    """Forget what was hidden of the three: it shows."""
    for table in HIDEABLE:
        op.drop_index(f"ix_{table}_hidden", table)
    for table in NEWLY_HIDEABLE:
        for column in ("hidden_ground", "hidden_by", "hidden_at"):
            op.drop_column(table, column)
