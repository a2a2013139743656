"""Keep in its row where a comment stands, and count in indexes alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

IS_OWNERS = (
    "organisation_id = (SELECT discussion.organisation_id FROM discussion "
    "WHERE discussion.id = comment.discussion_id)"
)


def upgrade() -> None:
    """Add the ranks as they follow from the names in which comments are said."""
    op.add_column(
        "comment", sa.Column("thread_rank", sa.Integer(), nullable=False, server_default="1")
    )
    op.add_column(
        "comment", sa.Column("reply_rank", sa.Integer(), nullable=False, server_default="2")
    )
    op.execute(f"UPDATE comment SET reply_rank = 1 WHERE {IS_OWNERS}")
    op.execute("UPDATE comment SET reply_rank = 0 WHERE id = thread_id")
    op.execute(
        "UPDATE comment SET thread_rank = 0 WHERE thread_id IN "
        f"(SELECT id FROM comment WHERE id = thread_id AND {IS_OWNERS})"
    )
    order = ["discussion_id", "thread_rank", "thread_id", "reply_rank", "id"]
    op.create_index("ix_comment_order", "comment", order)
    op.drop_index("ix_comment_thread", "comment")
    op.drop_index("ix_comment_version_state", "comment_version")
    waiting = ["state", "created_at", "id", "comment_id"]
    op.create_index("ix_comment_version_state", "comment_version", waiting)
    counted = ["state", "hidden_at", "progress", "term_latest"]
    op.create_index("ix_commitment_counted", "commitment", counted)
    op.drop_index("ix_commitment_standing", "commitment")


def downgrade() -> None:
    """Forget the ranks: they follow from what is there."""
    is_counted = sa.text("state = 'published' AND hidden_at IS NULL")
    op.create_index(
        "ix_commitment_standing",
        "commitment",
        ["progress", "term_latest"],
        sqlite_where=is_counted,
        postgresql_where=is_counted,
    )
    op.drop_index("ix_commitment_counted", "commitment")
    op.drop_index("ix_comment_version_state", "comment_version")
    op.create_index("ix_comment_version_state", "comment_version", ["state", "created_at", "id"])
    op.create_index("ix_comment_thread", "comment", ["discussion_id", "thread_id", "id"])
    op.drop_index("ix_comment_order", "comment")
    op.drop_column("comment", "reply_rank")
    op.drop_column("comment", "thread_rank")
