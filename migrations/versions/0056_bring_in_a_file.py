"""Let the beheerder bring in a file of signatories and promises."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table of files and one of their rows."""
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("source_title", sa.String(200), nullable=False),
        sa.Column("source_url", sa.String(500), nullable=False),
        sa.Column("language", sa.String(2), nullable=False, server_default="nl"),
        sa.Column("unknown", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_intake_author_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_table(
        "intake_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False),
        sa.Column("title_key", sa.String(300), nullable=False),
        sa.Column("cut", sa.JSON(), nullable=False),
        sa.Column("choice", sa.String(20), nullable=False),
        sa.Column("chosen_organisation_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("fate", sa.String(12), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("signature_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["intake_id"], ["intake.id"], name=op.f("fk_intake_row_intake_id_intake")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_intake_row_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["signature.id"], name=op.f("fk_intake_row_signature_id_signature")
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_intake_row_commitment_id_commitment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_row")),
    )
    for name, columns in (
        ("verdict", ["intake_id", "verdict", "id"]),
        ("name", ["intake_id", "sheet", "name_key", "title_key"]),
        ("fate", ["intake_id", "fate", "id"]),
        ("organisation_id", ["organisation_id"]),
        ("signature_id", ["signature_id"]),
        ("commitment_id", ["commitment_id"]),
    ):
        op.create_index(f"ix_intake_row_{name}", "intake_row", columns)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("intake_row")
    op.drop_table("intake")
