"""Find nothing by a word that was hidden, also before its entry is made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of what is due whether a text of it was hidden."""
    op.add_column(
        "search_due", sa.Column("is_cut", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        "ix_search_due_cut",
        "search_due",
        ["kind", "subject_id"],
        sqlite_where=sa.text("is_cut"),
        postgresql_where=sa.text("is_cut"),
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_search_due_cut", "search_due")
    op.drop_column("search_due", "is_cut")
