"""By what rows of a file about one thing are known."""

from __future__ import annotations

from collections.abc import Mapping

from portal.core.folding import fold
from portal.intake.columns import Sheet
from portal.intake.models import NAME_KEY, TITLE_KEY
from portal.organisations.likeness import match_name

# The cell that names the organisation of a row.
NAMED_BY: Mapping[Sheet, str] = {Sheet.SIGNATORIES: "naam", Sheet.COMMITMENTS: "ondertekenaar"}


def keys_of(sheet: Sheet, cells: Mapping[str, str]) -> dict[str, str]:
    """Return by what a row is known, as the values of its columns."""
    name = match_name(cells.get(NAMED_BY[sheet], ""))
    title = fold(cells.get("titel", "")) if sheet is Sheet.COMMITMENTS else ""
    return {"name_key": name[:NAME_KEY], "title_key": title[:TITLE_KEY]}
