"""Know of what is found whose it is and of which year, and find by index what is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

OWNED = {
    "ondertekenaar": "subject_id",
    "toezegging": "SELECT organisation_id FROM commitment WHERE commitment.id = subject_id",
    "bericht": "SELECT organisation_id FROM commitment JOIN progress_update "
    "ON commitment.id = commitment_id WHERE progress_update.id = subject_id",
}


def upgrade() -> None:
    """Add the columns; of documents they are filled when the index is made anew."""
    op.add_column(
        "search_entry", sa.Column("year", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("search_entry", sa.Column("owner_id", sa.Integer(), nullable=True))
    op.execute("UPDATE search_entry SET year = CAST(substr(CAST(dated AS text), 1, 4) AS integer)")
    for kind, owner in OWNED.items():
        op.execute(f"UPDATE search_entry SET owner_id = ({owner}) WHERE kind = '{kind}'")
    op.create_index("ix_search_due_subject", "search_due", ["kind", "subject_id"])


def downgrade() -> None:
    """Look up whose it is for each."""
    op.drop_index("ix_search_due_subject", "search_due")
    op.drop_column("search_entry", "owner_id")
    op.drop_column("search_entry", "year")
