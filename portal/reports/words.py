"""What a yearly report is called."""

from __future__ import annotations

from portal.core.i18n import gettext as _
from portal.reports.models import YearlyReport


def title_of(report: YearlyReport) -> str:
    """Return "Jaarverslag 2025-1", or "Jaarverslag 2025, concept"."""
    if report.number is None:
        return str(_("Jaarverslag %(year)s, concept", year=report.year))
    return str(_("Jaarverslag %(key)s", key=report.key))
