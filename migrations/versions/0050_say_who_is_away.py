"""Say who is away, and who stands in for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_absence_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_absence_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["account.id"], name=op.f("fk_absence_stand_in_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint(
            "organisation_id", "account_id", name=op.f("uq_absence_organisation_id_account_id")
        ),
    )
    op.create_index(op.f("ix_absence_account_id"), "absence", ["account_id"])
    op.create_index(op.f("ix_absence_stand_in_id"), "absence", ["stand_in_id"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(op.f("ix_absence_stand_in_id"), "absence")
    op.drop_index(op.f("ix_absence_account_id"), "absence")
    op.drop_table("absence")
