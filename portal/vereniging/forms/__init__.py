"""Forms of the vereniging: settings, legal texts, its statement, and what visitors report."""

from portal.vereniging.forms.accessibility import BarrierForm, StatementForm
from portal.vereniging.forms.settings import LegalTextForm, VerenigingForm

__all__ = ["BarrierForm", "LegalTextForm", "StatementForm", "VerenigingForm"]
