"""The beheerder says that a file is brought in, or taken back: the worker does it."""

from __future__ import annotations

from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.intake.enqueueing import BRING_IN, TAKE_BACK, enqueue_work
from portal.intake.models import Intake
from portal.intake.queries.intakes import fit_rows
from portal.policy import Person
from portal.services.history import advance


def begin(intake: Intake, *, by: Person) -> None:
    """Bring in what is new and what changed; FieldRefused when there is nothing of that."""
    if not fit_rows(intake.id, 1):
        raise FieldRefused("", _("Er is niets nieuws of gewijzigds om in te voeren."))
    advance(intake, "bring_in", by=by)
    enqueue_work(BRING_IN, intake.id)


def call_back(intake: Intake, *, by: Person) -> None:
    """Take back all that came with the file and on which nobody built."""
    advance(intake, "call_back", by=by)
    enqueue_work(TAKE_BACK, intake.id)
