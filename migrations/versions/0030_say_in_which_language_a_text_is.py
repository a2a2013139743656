"""Keep the language of a text with it: that of the page on which it was typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

# Until now every text was shown as Dutch, articles and documents apart.
COLUMNS = (
    ("access_proposal", "language"),
    ("access_request", "language"),
    ("comment", "language"),
    ("comment_version", "language"),
    ("commitment", "language"),
    ("commitment", "stance_language"),
    ("commitment", "term_language"),
    ("commitment", "withdraw_language"),
    ("discussion", "language"),
    ("disowning", "language"),
    ("ending", "language"),
    ("history_reason", "language"),
    ("identity_proposal", "language"),
    ("organisation", "stance_language"),
    ("profile_text", "language"),
    ("progress_update", "language"),
    ("progress_update", "retract_language"),
    ("progress_update", "stance_language"),
    ("revision", "language"),
    ("revision", "reason_language"),
    ("signature", "end_language"),
    ("signature", "language"),
    ("signature", "stance_language"),
    ("term_move", "language"),
    ("term_move", "old_language"),
)


def upgrade() -> None:
    """Add the columns; of articles the title is in the language of the article."""
    for table, column in COLUMNS:
        op.add_column(
            table, sa.Column(column, sa.String(length=2), server_default="nl", nullable=False)
        )
    op.execute(
        "UPDATE discussion SET language = (SELECT article.language FROM article"
        " WHERE article.discussion_id = discussion.id)"
        " WHERE id IN (SELECT discussion_id FROM article)"
    )


def downgrade() -> None:
    """Forget the languages."""
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column)
