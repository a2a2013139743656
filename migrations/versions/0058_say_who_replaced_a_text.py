"""Say of a text that was replaced in which capacity that was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the vereniging gives a reason for what it corrects, and a signatory none."""
    op.add_column(
        "revision",
        sa.Column("replaced_as", sa.String(20), nullable=False, server_default="vereniging"),
    )
    op.execute("UPDATE revision SET replaced_as = 'signatory' WHERE reason = ''")


def downgrade() -> None:
    """Forget it."""
    op.drop_column("revision", "replaced_as")
