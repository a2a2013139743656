"""What people typed, made safe for the cell of a spreadsheet."""

from __future__ import annotations

from datetime import date

from portal.core.folding import with_line_ends, without_machine_signs
from portal.services.tables.table import Cell

# What spreadsheets take for the beginning of a formula, also in the wide letters of East Asia.
_FORMULA = tuple("=+-@＝＋－＠")


def plain_text(text: str) -> str:
    """Return `text` without control characters; only the ends of lines stay, tabs are spaces."""
    return without_machine_signs(with_line_ends(text)).replace("\t", " ").strip()


def defused(text: str) -> str:
    """Return `text` for a file in which a cell has no type, so that nothing in it is reckoned.

    What would begin a formula gets an apostrophe before it.
    """
    shown = plain_text(text)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def written(cell: Cell) -> str | int | None:
    """Return a cell as JSON holds it: a day as "2026-11-30", "" as nothing."""
    if isinstance(cell, date):
        return cell.isoformat()
    return plain_text(cell) or None if isinstance(cell, str) else cell
