"""Find and sort by what is typed without regard to capitals, marks and signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

SLICE = 500
# The table, what is folded, and the column of it.
FOLDED: tuple[tuple[str, Sequence[str], str], ...] = (
    ("commitment", ("title", "what"), "folded"),
    ("commitment", ("title",), "sort_title"),
    ("organisation", ("name",), "folded_name"),
    ("organisation_name", ("name",), "folded_name"),
    ("profile_text", ("body",), "folded"),
)


def upgrade() -> None:
    """Add the columns, filled as the portal folded in those days."""
    for table, sources, column in FOLDED:
        kind = sa.String(200) if column == "sort_title" else sa.Text()
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=""))
        _fill(table, sources, column)
    op.create_index("ix_commitment_title", "commitment", ["state", "sort_title", "id"])


def downgrade() -> None:
    """Compare letters as the database does."""
    op.drop_index("ix_commitment_title", table_name="commitment")
    for table, _sources, column in FOLDED:
        op.drop_column(table, column)


def _fill(name: str, sources: Sequence[str], column: str) -> None:
    connection = op.get_bind()
    table = sa.table(name, *map(sa.column, ("id", column, *sources)))
    rows = sa.select(table.c.id, *(table.c[source] for source in sources)).order_by(table.c.id)
    write = sa.update(table).where(table.c.id == sa.bindparam("row"))
    write = write.values({column: sa.bindparam("made")})
    last = 0
    while found := connection.execute(rows.where(table.c.id > last).limit(SLICE)).all():
        make = _sort_key if column == "sort_title" else _fold
        made = [{"row": row[0], "made": make("\n".join(row[1:]))} for row in found]
        connection.execute(write, made)
        last = found[-1][0]


_PLAIN = "ss ae Ae oe Oe o O d D d D th Th l L h H i"
_LETTERS = str.maketrans(dict(zip("ßæÆœŒøØðÐđĐþÞłŁħĦı", _PLAIN.split(" "), strict=True)))
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼʻ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def _letters(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _fold(text: str) -> str:
    letters = _letters(_letters(text.translate(_SIGNS)).casefold()).casefold()
    kinds = [(sign, unicodedata.category(sign)) for sign in letters.translate(_SIGNS)]
    return "".join(" " if kind == "Zs" else sign for sign, kind in kinds if kind != "Cf")


def _sort_key(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text[:200])
    words = re.findall(r"[^\W_]+", _fold(composed).replace("'", ""))
    padded = (re.sub(r"\d+", lambda digits: digits[0].zfill(8), word) for word in words)
    return "0".join(padded)[:200] or "0"
