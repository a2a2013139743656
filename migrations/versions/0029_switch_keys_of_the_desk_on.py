"""Let a moderator switch the keys of the desk on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add whether single keys work at the desk: for nobody, until they say so."""
    column = sa.Column("has_desk_keys", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("account", column)


def downgrade() -> None:
    """Forget who switched them on."""
    op.drop_column("account", "has_desk_keys")
