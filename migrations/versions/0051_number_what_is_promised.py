"""Give every promise and signature that is public a short number, in the order of their coming."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

TABLES = ("commitment", "signature")
# Both in one series; what came at the same moment by kind and then by its own number.
PUBLIC = """
SELECT 'signature' AS thing, id, coalesce(admitted_at, created_at) AS came_at
FROM signature WHERE state IN ('admitted', 'ended')
UNION ALL
SELECT 'commitment', id, coalesce(published_at, created_at)
FROM commitment WHERE state IN ('published', 'withdrawn')
ORDER BY came_at, thing DESC, id
"""

short_number = sa.table(
    "short_number", sa.column("id", sa.Integer), sa.column("thing", sa.String(20))
)


def upgrade() -> None:
    """Make the series, and number what is public."""
    op.create_table(
        "short_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_number")),
        sqlite_autoincrement=True,
    )
    for table in TABLES:
        # Written out: SQLite takes a key with its column, and not afterwards.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN short_number INTEGER"
            f" CONSTRAINT fk_{table}_short_number_short_number REFERENCES short_number (id)"
        )
    _number()
    for table in TABLES:
        op.create_index(f"ix_{table}_short_number", table, ["short_number"], unique=True)


def _number() -> None:
    bind = op.get_bind()
    for thing, own_id, _came_at in bind.execute(sa.text(PUBLIC)).all():
        # One by one: the series itself says which number is next.
        given = bind.execute(
            sa.insert(short_number).values(thing=thing).returning(short_number.c.id)
        )
        table = sa.table(thing, sa.column("id"), sa.column("short_number"))
        numbered = sa.update(table).where(table.c.id == own_id)
        bind.execute(numbered.values(short_number=given.scalar_one()))


def downgrade() -> None:
    """Forget them."""
    for table in TABLES:
        op.drop_index(f"ix_{table}_short_number", table)
        op.drop_column(table, "short_number")
    op.drop_table("short_number")
