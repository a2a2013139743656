"""Name an address to which the mails of an organisation go as well."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

STANDS = sa.text("state IN ('unproved', 'in_use')")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "mailbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("email_key", sa.String(254), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_mailbox_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_mailbox_token_hash")),
    )
    op.create_index(op.f("ix_mailbox_organisation_id"), "mailbox", ["organisation_id"])
    op.create_index(op.f("ix_mailbox_email_key"), "mailbox", ["email_key"])
    op.create_index(
        "uq_mailbox_standing",
        "mailbox",
        ["organisation_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    """Forget it."""
    op.drop_index("uq_mailbox_standing", "mailbox")
    op.drop_index(op.f("ix_mailbox_email_key"), "mailbox")
    op.drop_index(op.f("ix_mailbox_organisation_id"), "mailbox")
    op.drop_table("mailbox")
