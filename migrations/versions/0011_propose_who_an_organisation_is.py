"""Let a public organisation propose who it is, beside what stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = "state IN ('pending', 'change_asked')"


def upgrade() -> None:
    """Make the table of proposals; what was changed before it stands as it is."""
    op.create_table(
        "identity_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("renamed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_identity_proposal_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_identity_proposal_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_proposal")),
    )
    op.create_index(
        op.f("ix_identity_proposal_organisation_id"), "identity_proposal", ["organisation_id"]
    )
    op.create_index("ix_identity_proposal_state", "identity_proposal", ["state", "id"])
    op.create_index(
        "uq_identity_proposal_open",
        "identity_proposal",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )


def downgrade() -> None:
    """Forget the proposals; what was placed stands as it is."""
    op.drop_table("identity_proposal")
