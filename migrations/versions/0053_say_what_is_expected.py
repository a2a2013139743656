"""Let a signatory say what it expects of its promise, beside the term."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

IS_HIDDEN = sa.text("hidden_at IS NOT NULL")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "prognosis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("expected", sa.String(200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), server_default="nl", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(120), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_as", sa.String(20), nullable=False),
        sa.Column("source_url", sa.String(500), nullable=True),
        sa.Column("source_title", sa.String(200), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_ground", sa.String(40), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_prognosis_{column}_{table}")
            )
            for column, table in (
                ("commitment_id", "commitment"),
                ("author_id", "account"),
                ("history_id", "history"),
                ("hidden_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prognosis")),
    )
    op.create_index(op.f("ix_prognosis_commitment_id"), "prognosis", ["commitment_id"])
    op.create_index(op.f("ix_prognosis_history_id"), "prognosis", ["history_id"], unique=True)
    op.create_index(
        "ix_prognosis_hidden",
        "prognosis",
        ["hidden_at"],
        sqlite_where=IS_HIDDEN,
        postgresql_where=IS_HIDDEN,
    )


def downgrade() -> None:
    """Forget what was expected."""
    op.drop_table("prognosis")
