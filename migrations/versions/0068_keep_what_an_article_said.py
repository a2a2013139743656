"""Keep the text of an article that was public before it is changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

TABLE = "article_revision"


def upgrade() -> None:
    """Add the table; what articles said before now is not known."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(160), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f(f"fk_{TABLE}_article_id_article")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f(f"fk_{TABLE}_author_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_article_id"), TABLE, ["article_id"])
    op.create_index(op.f(f"ix_{TABLE}_author_id"), TABLE, ["author_id"])


def downgrade() -> None:
    """Forget what articles said."""
    op.drop_table(TABLE)
