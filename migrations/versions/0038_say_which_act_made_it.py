"""Say of a message and of a moved term which act in the log made it."""

from __future__ import annotations

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

# The table of what was made, and the act that makes it.
MADE = {"progress_update": "reported", "term_move": "term_moved"}

# The first message of a commitment was made by its first act of reporting, and so on. Where the
# numbers differ nobody knows which belongs to which, and none is named.
FILL = """
UPDATE {table} SET history_id = paired.history_id
FROM (
    SELECT acts.id AS history_id, made.id AS made_id
    FROM (
        SELECT id, subject_id,
            row_number() OVER (PARTITION BY subject_id ORDER BY id) AS place,
            count(*) OVER (PARTITION BY subject_id) AS many
        FROM history WHERE subject = 'commitment' AND step = '{act}'
    ) AS acts
    JOIN (
        SELECT id, commitment_id,
            row_number() OVER (PARTITION BY commitment_id ORDER BY id) AS place,
            count(*) OVER (PARTITION BY commitment_id) AS many
        FROM {table}
    ) AS made
    ON made.commitment_id = acts.subject_id AND made.place = acts.place AND made.many = acts.many
) AS paired
WHERE {table}.id = paired.made_id
"""


def upgrade() -> None:
    """Add the number of the act, and fill it in for what was made before."""
    for table, act in MADE.items():
        # Written out: SQLite takes a key with its column, and not afterwards.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN history_id INTEGER"
            f" CONSTRAINT fk_{table}_history_id_history REFERENCES history (id)"
        )
        op.execute(FILL.format(table=table, act=act))
        op.create_index(f"ix_{table}_history_id", table, ["history_id"], unique=True)


def downgrade() -> None:
    """Forget it."""
    for table in MADE:
        op.drop_index(f"ix_{table}_history_id", table)
        op.drop_column(table, "history_id")
