"""Know which mail went out to whom in short, and at which addresses mail does not arrive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns and the table; of mails from before nothing more is known."""
    op.add_column("job", sa.Column("template", sa.String(60), nullable=True))
    op.add_column("job", sa.Column("recipient", sa.String(254), nullable=True))
    op.add_column("account", sa.Column("unreachable_since", MOMENT, nullable=True))
    op.create_table(
        "unreachable_address",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_unreachable_address")),
    )
    op.create_index(op.f("ix_unreachable_address_since"), "unreachable_address", ["since"])


def downgrade() -> None:
    """Forget it."""
    op.drop_table("unreachable_address")
    op.drop_column("account", "unreachable_since")
    op.drop_column("job", "recipient")
    op.drop_column("job", "template")
