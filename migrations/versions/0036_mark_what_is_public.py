"""Mark what is public: one row, whose value the database changes with what visitors see.

The triggers that do so are set after the newest migration, by `env.py`.
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table with its one row."""
    table = op.create_table(
        "public_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_mark")),
    )
    op.bulk_insert(table, [{"id": 1, "mark": str(uuid.uuid4())}])


def downgrade() -> None:
    """Take the mark away."""
    op.drop_table("public_mark")
