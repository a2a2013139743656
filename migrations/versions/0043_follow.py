"""Let people follow what changes, with or without an account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables; nobody follows anything yet."""
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("email", sa.String(254), nullable=True),
        sa.Column("email_key", sa.String(254), nullable=True),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("code", sa.String(43), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(account_id IS NULL) != (email_key IS NULL)",
            name=op.f("ck_follower_is_one_of_two"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_follower_account_id_account"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("account_id", name=op.f("uq_follower_account_id")),
        sa.UniqueConstraint("email_key", name=op.f("uq_follower_email_key")),
        sa.UniqueConstraint("code", name=op.f("uq_follower_code")),
    )
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(12), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("untold_since", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["follower_id"],
            ["follower.id"],
            name=op.f("fk_follow_follower_id_follower"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("follower_id", "what", name=op.f("uq_follow_follower_id_what")),
    )
    op.create_index("ix_follow_rhythm", "follow", ["rhythm", "follower_id"])
    op.create_table(
        "follow_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("locale", sa.String(2), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.String(12), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_request")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_request_token_hash")),
    )
    op.create_index(op.f("ix_follow_request_created_at"), "follow_request", ["created_at"])
    op.create_table(
        "news_run",
        sa.Column("rhythm", sa.String(12), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("rhythm", name=op.f("pk_news_run")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("news_run")
    op.drop_table("follow_request")
    op.drop_table("follow")
    op.drop_table("follower")
