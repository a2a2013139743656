"""Takes back what came with a file, unless somebody built on it: that stays, and is told."""

from __future__ import annotations

from portal.commitments import actions as commitment_actions
from portal.commitments.models import Commitment
from portal.core.db import db
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.intake.changing import (
    change_commitment_back,
    change_organisation_back,
    refuse_changed_since,
)
from portal.intake.columns import Sheet
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries.intakes import rows_of_fate
from portal.intake.verdicts import Fate, Verdict
from portal.policy import Person
from portal.services.history import advance
from portal.signatures import actions as signature_actions
from portal.signatures.models import Signature


def take_back(intake: Intake, *, by: Person) -> None:
    """Take back every row that was brought in, the last first, in the caller's transaction."""
    with speak(intake.language):
        reason = _("Invoer van het bestand %(name)s teruggehaald.", name=intake.file_name)
        for row in reversed(rows_of_fate(intake.id, Fate.BROUGHT)):
            try:
                with db.session.begin_nested():
                    _undo(row, reason, by)
                row.fate = Fate.UNDONE
            except PortalError as refusal:
                row.fate = Fate.STAYS
                why = refusal.message or _("Hier is daarna iets mee gedaan.")
                row.remarks = [*row.remarks, ["", why]]
    advance(intake, "called_back", by=by)


def _undo(row: IntakeRow, reason: str, by: Person) -> None:
    if row.sheet is Sheet.SIGNATORIES:
        _undo_signatory(row, reason, by)
    elif row.verdict is Verdict.NEW:
        commitment = db.session.get_one(Commitment, row.commitment_id)
        commitment_actions.undo_entry(commitment, by=by)
    else:
        refuse_changed_since(row, Commitment.thing, row.commitment_id, but=())
        change_commitment_back(row, reason, by=by)


def _undo_signatory(row: IntakeRow, reason: str, by: Person) -> None:
    if row.signature_id is not None:
        signature = db.session.get_one(Signature, row.signature_id)
        signature_actions.undo_import(signature, by=by)
    if row.before:
        but = ("published", "unpublished")
        refuse_changed_since(row, "organisation", row.organisation_id, but=but)
        change_organisation_back(row, reason, by=by)
