"""A sheet to begin with: every column that is taken in, each with what belongs in it."""

from __future__ import annotations

from portal.core.addresses import full_path
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.intake.columns import COLUMNS, SHEETS, Sheet
from portal.services.tables import Column, Table


def sample_of(sheet: Sheet, page_path: str) -> Table:
    """Return an empty table of a sheet, in the language of the page."""
    columns = [
        Column(column.name, str(column.label), str(column.meaning))
        for column in COLUMNS[sheet]
        if column.meaning
    ]
    help_text = _(
        "Zet elke regel onder de kolommen. De volgorde is vrij, en wat u niet weet, laat u leeg."
    )
    return Table(
        name=str(sheet),
        title=f"{_('Sjabloon')}: {SHEETS[sheet]}",
        language=current_locale(),
        address=full_path(page_path),
        notes=[(_("Uitleg"), help_text)],
        columns=columns,
        rows=(),
    )
