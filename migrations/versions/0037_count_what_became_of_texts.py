"""Keep the record of each writer of comments, counted from their texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the records, and count what was decided until now."""
    op.create_table(
        "writer_record",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("placed_count", sa.Integer(), nullable=False),
        sa.Column("refused_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_writer_record_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_writer_record")),
    )
    op.execute(
        "INSERT INTO writer_record (account_id, placed_count, refused_count) "
        "SELECT comment.author_id, "
        "sum(CASE WHEN comment_version.state IN ('placed', 'superseded') THEN 1 ELSE 0 END), "
        "sum(CASE WHEN comment_version.state = 'refused' THEN 1 ELSE 0 END) "
        "FROM comment JOIN comment_version ON comment_version.comment_id = comment.id "
        "WHERE comment_version.state IN ('placed', 'superseded', 'refused') "
        "GROUP BY comment.author_id"
    )


def downgrade() -> None:
    """Forget the records: they can be counted again."""
    op.drop_table("writer_record")
