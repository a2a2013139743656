"""Find by an index what lists, the desk and the worker look up in tables that grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

# The table, and the one column that it is searched by.
SEARCHED = (
    ("access_proposal", "organisation_id"),
    ("access_request", "organisation_id"),
    ("account", "is_beheerder"),
    ("account", "is_moderator"),
    ("article", "discussion_id"),
    ("article", "picture_id"),
    ("document_version", "preview_key"),
    ("invitation", "author_id"),
    ("invitation", "organisation_id"),
    ("invitation", "proposal_id"),
    ("organisation", "folded_name"),
    ("organisation", "logo_id"),
    ("picture", "small_key"),
    ("sent_reminder", "sent_on"),
    ("signature_link", "created_at"),
)
IS_FROZEN = sa.text("frozen_at IS NOT NULL")
IS_CUT = sa.text("is_cut")
# SQLite finds it only for who asks in the same words.
EQUALS_CUT = sa.text("is_cut = 1")


def upgrade() -> None:
    """Add the indexes."""
    for table, column in SEARCHED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    _index_cut(EQUALS_CUT)
    op.create_index("ix_arrival_seen", "arrival", ["seen_at", "id"])
    op.create_index(
        "ix_organisation_frozen",
        "organisation",
        ["frozen_at"],
        sqlite_where=IS_FROZEN,
        postgresql_where=IS_FROZEN,
    )


def downgrade() -> None:
    """Look through all of it again."""
    op.drop_index("ix_organisation_frozen", "organisation")
    op.drop_index("ix_arrival_seen", "arrival")
    _index_cut(IS_CUT)
    for table, column in SEARCHED:
        op.drop_index(f"ix_{table}_{column}", table)


def _index_cut(on_sqlite: sa.TextClause) -> None:
    op.drop_index("ix_search_due_cut", "search_due")
    op.create_index(
        "ix_search_due_cut",
        "search_due",
        ["kind", "subject_id"],
        sqlite_where=on_sqlite,
        postgresql_where=IS_CUT,
    )
