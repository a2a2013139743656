"""Find the mails about a decision that is undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

IS_ABOUT_ONE = sa.text("decision IS NOT NULL")


def upgrade() -> None:
    """Add to a job the decision that it tells of."""
    op.add_column("job", sa.Column("decision", sa.String(60), nullable=True))
    op.create_index(
        "ix_job_decision",
        "job",
        ["decision"],
        sqlite_where=IS_ABOUT_ONE,
        postgresql_where=IS_ABOUT_ONE,
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_job_decision", "job")
    op.drop_column("job", "decision")
