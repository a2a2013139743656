"""Mail an invitation again: its former link says that there is a newer one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the hash of the former link; no invitation was mailed twice so far."""
    op.add_column("invitation", sa.Column("former_token_hash", sa.String(64), nullable=True))
    op.create_index(op.f("ix_invitation_former_token_hash"), "invitation", ["former_token_hash"])


def downgrade() -> None:
    """Forget the former links: they answer like made-up ones."""
    op.drop_index(op.f("ix_invitation_former_token_hash"), "invitation")
    op.drop_column("invitation", "former_token_hash")
