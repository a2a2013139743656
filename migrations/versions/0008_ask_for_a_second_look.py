"""Let the vereniging say whether two people decide on what cannot easily be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two people decide, until the beheerder switches it off."""
    with op.batch_alter_table("vereniging") as batch:
        batch.add_column(
            sa.Column("four_eyes", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("vereniging") as batch:
        batch.alter_column("four_eyes", server_default=None)


def downgrade() -> None:
    """Forget the choice."""
    with op.batch_alter_table("vereniging") as batch:
        batch.drop_column("four_eyes")
