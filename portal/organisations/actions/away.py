"""Being away for an organisation: saying so, ending it, and not wanting to stand in."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete

from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.organisations import queries
from portal.organisations.mails import away as mails
from portal.organisations.models.away import Absence
from portal.policy import Person
from portal.services.history import record


def set_absence(
    absence: Absence, *, first_on: date, last_on: date, stand_in_id: int | None, by: Person
) -> None:
    """Say when somebody is away and who stands in; who did and who does hear of it.

    Both days count. FieldRefused for days that are past or in the wrong order, and for somebody
    who does not belong to the organisation (any more) or is away themselves.
    """
    lock_row(queries.get_organisation(absence.organisation_id))
    _refuse_unfit(absence, first_on, last_on, stand_in_id)
    former = absence.stand_in if absence.id is not None else None
    absence.first_on, absence.last_on, absence.stand_in_id = first_on, last_on, stand_in_id
    db.session.add(absence)
    db.session.flush()
    db.session.refresh(absence)
    record(absence, "set", by=by)
    if former is not None and former.id != stand_in_id:
        mails.stand_in_ended(absence, former)
    if absence.stand_in is not None:
        mails.stand_in_asked(absence, absence.stand_in)


def _refuse_unfit(absence: Absence, first_on: date, last_on: date, stand_in_id: int | None) -> None:
    if last_on < first_on:
        raise FieldRefused("last_on", _("De laatste dag ligt voor de eerste dag."))
    if last_on < clock.today():
        raise FieldRefused("last_on", _("Deze dag is al voorbij. Kies vandaag of een latere dag."))
    if stand_in_id is None:
        return
    members = {member.account_id for member in queries.people_of(absence.organisation_id)}
    if stand_in_id not in members or stand_in_id == absence.account_id:
        raise FieldRefused("stand_in_id", _("Kies een collega uit deze organisatie."))
    other = queries.away_of(absence.organisation_id, on=first_on).get(stand_in_id)
    if other is not None and other.first_on <= last_on:
        message = _("Deze collega is dan zelf ook afwezig. Kies iemand anders.")
        raise FieldRefused("stand_in_id", message)


def end_absence(absence: Absence, *, by: Person) -> None:
    """Take away when somebody is away; who stands in for them hears of it."""
    record(absence, "came_back", by=by)
    if absence.stand_in is not None and absence.last_on >= clock.today():
        mails.stand_in_ended(absence, absence.stand_in)
    db.session.delete(absence)


def decline(absence: Absence, *, by: Person) -> None:
    """Stand in no longer; who is away hears of it, and can choose somebody else."""
    assert absence.stand_in is not None  # noqa: S101
    record(absence, "stepped_back", by=by)
    mails.stand_in_gone(absence, absence.stand_in, has_left=False)
    absence.stand_in_id = None


def forget_past(on: date) -> None:
    """Forget every absence whose last day lies before `on`."""
    db.session.execute(delete(Absence).where(Absence.last_on < on))


def drop_member(organisation_id: int, account_id: int, *, by: Person) -> None:
    """Let somebody who leaves an organisation neither be away for it nor stand in."""
    for absence in queries.absences_with(organisation_id, account_id):
        if absence.account_id == account_id:
            end_absence(absence, by=by)
        elif absence.stand_in is not None:
            record(absence, "stand_in_left", by=by)
            if absence.last_on >= clock.today():
                mails.stand_in_gone(absence, absence.stand_in, has_left=True)
            absence.stand_in_id = None
