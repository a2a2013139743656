"""Let a signature say since when it waits for the vereniging; it may have been sent back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The last time that it came to the vereniging: confirmed, or completed after more was asked.
BACKFILL = """
    UPDATE signature SET waits_since = COALESCE(
        (SELECT MAX(history.at) FROM history
         WHERE history.subject = 'signature' AND history.subject_id = signature.id
           AND history.step IN ('confirm', 'complete')),
        confirmed_at)
"""


def upgrade() -> None:
    """Add the column, fill it from the log, and let the queue read in its order."""
    op.add_column("signature", sa.Column("waits_since", sa.DateTime(timezone=True)))
    op.execute(BACKFILL)
    op.create_index("ix_signature_waits", "signature", ["state", "waits_since", "id"])
    op.drop_index("ix_signature_state", table_name="signature")


def downgrade() -> None:
    """Read the queue in the order of confirming again."""
    op.create_index("ix_signature_state", "signature", ["state", "confirmed_at", "id"])
    op.drop_index("ix_signature_waits", table_name="signature")
    op.drop_column("signature", "waits_since")
