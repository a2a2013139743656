"""Brings rows in: first where nobody sees it, in batches, then all of it before everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from portal.commitments import actions as commitment_actions
from portal.commitments.models import Commitment, Texts
from portal.core.db import db, row_id
from portal.core.errors import PortalError
from portal.core.i18n import gettext as _
from portal.core.i18n import speak
from portal.intake.changing import change_commitment, change_organisation
from portal.intake.checking.commitments import Promise
from portal.intake.checking.signatories import Signatory
from portal.intake.columns import Sheet
from portal.intake.looking import Look, look_of
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries.intakes import WaitingRow, rows_of_fate
from portal.intake.verdicts import Fate, Outcome, Verdict
from portal.organisations import actions as organisation_actions
from portal.organisations.models import Organisation
from portal.policy import Person
from portal.services.history import advance
from portal.signatures import actions as signature_actions


def prepare(intake: Intake, row_ids: Sequence[int], *, by: Person) -> None:
    """Make what these rows ask for, where nobody can read it yet.

    A row that is no longer what was said of it, since something changed here, is left alone.
    """
    look = look_of(intake, by=by)
    for number in row_ids:
        row = db.session.get_one(IntakeRow, number)
        outcome, said = look.at(_as_waiting(row), is_near_asked=False)
        if outcome.verdict is not row.verdict:
            _leave(row, outcome, intake.language)
        else:
            row.fate = Fate.PREPARED
            _make(row, outcome, said, look)
    db.session.flush()


def _as_waiting(row: IntakeRow) -> WaitingRow:
    return WaitingRow(*(getattr(row, name) for name in WaitingRow._fields))


def _leave(row: IntakeRow, outcome: Outcome, language: str) -> None:
    with speak(language):
        words = _("Er is hier intussen iets veranderd. Bekijk deze regel opnieuw.")
    row.fate = Fate.LEFT
    row.remarks = [["", words], *map(list, outcome.remarks)]


def _make(row: IntakeRow, outcome: Outcome, said: Signatory | Promise, look: Look) -> None:
    if row.verdict is not Verdict.NEW:
        return
    if isinstance(said, Signatory):
        if row.organisation_id is None:
            entered = organisation_actions.enter(
                said.facts(), source=said.source, is_fictional=said.is_fictional, by=look.by
            )
            row.organisation_id = row_id(entered)
        return
    row.organisation_id = outcome.organisation_id
    assert outcome.organisation_id is not None  # noqa: S101
    organisation = db.session.get_one(Organisation, outcome.organisation_id)
    row.commitment_id = row_id(_draft(organisation, said, look.by))


def _draft(organisation: Organisation, promise: Promise, by: Person | None) -> Commitment:
    assert promise.promised_on is not None  # noqa: S101
    texts = cast(Texts, {"kind": "overig", **promise.texts})
    with speak(promise.language):
        return commitment_actions.draft(
            organisation, term=promise.term, promised_on=promise.promised_on, by=by, **texts
        )


def publish(intake: Intake, *, by: Person) -> None:
    """Let everybody see what was prepared, signatories first, in the transaction of the caller.

    A row that is refused now is left out, with the reason, and what it needs with it.
    """
    look = look_of(intake, by=by)
    for row in rows_of_fate(intake.id, Fate.PREPARED):
        try:
            with db.session.begin_nested():
                _show(row, look, intake)
            row.fate = Fate.BROUGHT
        except PortalError as refusal:
            row.fate = Fate.LEFT
            row.remarks = [*row.remarks, ["", refusal.message or _not_now(intake.language)]]
    advance(intake, "brought_in", by=by)


def _not_now(language: str) -> str:
    with speak(language):
        return str(_("Dit kon niet worden ingevoerd: er is hier intussen iets veranderd."))


def _show(row: IntakeRow, look: Look, intake: Intake) -> None:
    said: Any = look.read(_as_waiting(row))
    with speak(look.language):
        reason = _("Ingevoerd uit het bestand %(name)s.", name=intake.file_name)
    if row.sheet is Sheet.SIGNATORIES:
        _show_signatory(row, said, reason, look.by)
    elif row.verdict is Verdict.NEW:
        commitment = db.session.get_one(Commitment, row.commitment_id)
        commitment_actions.publish(commitment, by=look.by)
    else:
        with speak(said.language):
            change_commitment(row, said, reason, by=look.by)


def _show_signatory(row: IntakeRow, said: Signatory, reason: str, by: Person | None) -> None:
    organisation = db.session.get_one(Organisation, row.organisation_id)
    if row.changes:
        change_organisation(row, organisation, said, reason, by=by)
    if row.verdict is Verdict.NEW:
        signature = signature_actions.enter(organisation, said.signed(), by=by)
        row.signature_id = row_id(signature)
