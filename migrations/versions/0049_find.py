"""Let people search in all that is public."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the index; the worker fills them."""
    op.create_table(
        "search_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_due")),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_search_entry_kind_subject_id")),
    )
    op.create_table(
        "search_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(60), nullable=False),
        sa.Column("dutch_stem", sa.String(60), nullable=False),
        sa.Column("english_stem", sa.String(60), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_word")),
        sa.UniqueConstraint("word", name=op.f("uq_search_word_word")),
    )
    op.create_index(op.f("ix_search_word_dutch_stem"), "search_word", ["dutch_stem"])
    op.create_index(op.f("ix_search_word_english_stem"), "search_word", ["english_stem"])
    op.create_table(
        "search_gram",
        sa.Column("gram", sa.String(3), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_word.id"], name=op.f("fk_search_gram_word_id_search_word")
        ),
        sa.PrimaryKeyConstraint("gram", "word_id", name=op.f("pk_search_gram")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_gram_word_id"), "search_gram", ["word_id"])
    op.create_table(
        "search_posting",
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("in_title", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["word_id"], ["search_word.id"], name=op.f("fk_search_posting_word_id_search_word")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["search_entry.id"], name=op.f("fk_search_posting_entry_id_search_entry")
        ),
        sa.PrimaryKeyConstraint("word_id", "entry_id", name=op.f("pk_search_posting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_posting_entry_id"), "search_posting", ["entry_id"])


def downgrade() -> None:
    """Take the index away."""
    op.drop_table("search_posting")
    op.drop_table("search_gram")
    op.drop_table("search_word")
    op.drop_table("search_entry")
    op.drop_table("search_due")
