"""Keep the words of reasons apart from the log, and what is hidden apart from its state."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

HIDEABLE = ("comment", "commitment", "article")

SQLITE_HISTORY = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
)
POSTGRESQL_HISTORY = (
    "CREATE TRIGGER history_no_change BEFORE UPDATE OR DELETE ON history "
    "FOR EACH ROW EXECUTE FUNCTION history_is_append_only()"
)
SQLITE_REASON = (
    "CREATE TRIGGER history_reason_no_update BEFORE UPDATE ON history_reason "
    "WHEN NEW.reason IS NOT NULL OR NEW.history_id <> OLD.history_id "
    "BEGIN SELECT RAISE(ABORT, 'a reason is append-only: it can be emptied'); END",
    "CREATE TRIGGER history_reason_no_delete BEFORE DELETE ON history_reason "
    "BEGIN SELECT RAISE(ABORT, 'a reason is append-only: it can be emptied'); END",
)
POSTGRESQL_REASON = (
    "CREATE FUNCTION history_reason_is_only_emptied() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF TG_OP = 'UPDATE' AND NEW.reason IS NULL AND NEW.history_id = OLD.history_id "
    "THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'a reason is append-only: it can be emptied'; END $$",
    "CREATE TRIGGER history_reason_no_change BEFORE UPDATE OR DELETE ON history_reason "
    "FOR EACH ROW EXECUTE FUNCTION history_reason_is_only_emptied()",
)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _open_history() -> None:
    op.execute(
        "DROP TRIGGER history_no_update"
        if _is_sqlite()
        else "DROP TRIGGER history_no_change ON history"
    )


def _seal_history() -> None:
    op.execute(SQLITE_HISTORY if _is_sqlite() else POSTGRESQL_HISTORY)


def _index_figures(where: str) -> None:
    op.drop_index("ix_commitment_standing", "commitment")
    op.create_index(
        "ix_commitment_standing",
        "commitment",
        ["progress", "term_latest"],
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _move_reasons() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text(
            "INSERT INTO history_reason (history_id, reason)"
            " SELECT id, reason FROM history WHERE reason IS NOT NULL"
        )
    )
    rows = connection.execute(sa.text("SELECT history_id, reason FROM history_reason")).all()
    hashes = [
        {"id": row.history_id, "hash": hashlib.sha256(row.reason.encode()).hexdigest()}
        for row in rows
    ]
    if hashes:
        change = sa.text("UPDATE history SET reason_sha256 = :hash WHERE id = :id")
        connection.execute(change, hashes)


def upgrade() -> None:
    """Move the reasons, leave their hashes, and add what says that a thing is hidden."""
    op.create_table(
        "history_reason",
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("emptied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emptied_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["history_id"], ["history.id"], name=op.f("fk_history_reason_history_id_history")
        ),
        sa.ForeignKeyConstraint(
            ["emptied_by"], ["account.id"], name=op.f("fk_history_reason_emptied_by_account")
        ),
        sa.PrimaryKeyConstraint("history_id", name=op.f("pk_history_reason")),
    )
    op.add_column("history", sa.Column("reason_sha256", sa.String(64), nullable=True))
    _open_history()
    _move_reasons()
    op.drop_column("history", "reason")
    _seal_history()
    for statement in SQLITE_REASON if _is_sqlite() else POSTGRESQL_REASON:
        op.execute(statement)
    for table in HIDEABLE:
        op.add_column(table, sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True))
        # Written out: SQLite takes a key with its column, and not afterwards.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN hidden_by INTEGER"
            f" CONSTRAINT fk_{table}_hidden_by_account REFERENCES account (id)"
        )
        op.add_column(table, sa.Column("hidden_ground", sa.String(40), nullable=True))
    _index_figures("state = 'published' AND hidden_at IS NULL")


def downgrade() -> None:
    """Put the reasons back into the log; what was emptied stays empty, what was hidden shows."""
    _index_figures("state = 'published'")
    for table in HIDEABLE:
        for column in ("hidden_ground", "hidden_by", "hidden_at"):
            op.drop_column(table, column)
    op.add_column("history", sa.Column("reason", sa.Text(), nullable=True))
    _open_history()
    op.execute(
        "UPDATE history SET reason = (SELECT history_reason.reason FROM history_reason"
        " WHERE history_reason.history_id = history.id)"
        " WHERE reason_sha256 IS NOT NULL"
    )
    op.drop_column("history", "reason_sha256")
    _seal_history()
    op.drop_table("history_reason")
    if not _is_sqlite():
        op.execute("DROP FUNCTION history_reason_is_only_emptied()")
