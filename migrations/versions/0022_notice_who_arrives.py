"""Keep who became the first eigenaar of a public organisation, and whether the desk has looked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

UNSEEN = sa.text("seen_at IS NULL")


def upgrade() -> None:
    """Begin with nobody: who is there by now has been there for long."""
    op.create_table(
        "arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_arrival_organisation_id_organisation",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_arrival_account_id_account"
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["account.id"], name="fk_arrival_seen_by_account"),
        sa.PrimaryKeyConstraint("id", name="pk_arrival"),
    )
    op.create_index(
        "ix_arrival_unseen",
        "arrival",
        ["arrived_at"],
        sqlite_where=UNSEEN,
        postgresql_where=UNSEEN,
    )


def downgrade() -> None:
    """Forget who arrived; the log still says who joined."""
    op.drop_table("arrival")
