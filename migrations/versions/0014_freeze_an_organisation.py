"""Let moderators freeze an organisation while a report about it is looked into."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add since when, by whom and on which ground an organisation is frozen."""
    op.add_column("organisation", sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
    # Written out: SQLite takes a key with its column, and not afterwards.
    op.execute(
        "ALTER TABLE organisation ADD COLUMN frozen_by INTEGER"
        " CONSTRAINT fk_organisation_frozen_by_account REFERENCES account (id)"
    )
    op.add_column("organisation", sa.Column("frozen_ground", sa.String(40), nullable=True))


def downgrade() -> None:
    """Forget what was frozen: its people can write again."""
    for column in ("frozen_ground", "frozen_by", "frozen_at"):
        op.drop_column("organisation", column)
