"""Say according to which source the vereniging withdrew a commitment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the title and the address of the source; of what was withdrawn before it is not known."""
    title = sa.Column("withdraw_source_title", sa.String(200), nullable=False, server_default="")
    op.add_column("commitment", title)
    url = sa.Column("withdraw_source_url", sa.String(500), nullable=True)
    op.add_column("commitment", url)


def downgrade() -> None:
    """Forget the sources; the reasons stay."""
    op.drop_column("commitment", "withdraw_source_url")
    op.drop_column("commitment", "withdraw_source_title")
