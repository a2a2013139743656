"""Being away for an organisation, and standing in for a colleague."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import AbsenceForm
from portal.organisations.models.away import Absence
from portal.organisations.views.blueprint import bp
from portal.organisations.views.people import own_membership
from portal.policy import Permission
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


def own_absence(organisation_id: int) -> Absence:
    """Return when the viewer is away for an organisation, or an empty one; 404 for no member."""
    membership = own_membership(organisation_id)
    found = queries.find_absence(organisation_id, membership.account_id)
    return found or Absence(
        organisation_id=organisation_id,
        account_id=membership.account_id,
        organisation=membership.organisation,
    )


def set_own_absence(organisation_id: int) -> Absence:
    """Return when the viewer is away for an organisation; 404 when they are not."""
    absence = own_absence(organisation_id)
    if absence.id is None:
        raise NotFound
    return absence


def declined_absence(organisation_id: int, absence_id: int) -> Absence:
    """Return the absence for which the viewer stands in, or 404."""
    return queries.absence_to_decline(organisation_id, absence_id, viewer().id)


def _with_button(_absence: Absence, _form: AbsenceForm) -> dict[str, object]:
    return {"button_form": OnceForm.open()}


def _to_people(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.people", organisation_id=organisation_id))


@bp.get("/account/afwezig")
@requires(Permission.ACCOUNT_EDIT)
def absences() -> ResponseReturnValue:
    """List the viewer's organisations, with when they are away for each."""
    found = queries.own_absences(viewer().id or 0, on=clock.today())
    return render_template("organisations/absences.html", absences=found)


@bp.route("/organisaties/<int:organisation_id>/afwezig", methods=["GET", "POST"])
@requires(
    step_of("absence", "set"),
    load=own_absence,
    form=AbsenceForm,
    page="organisations/away.html",
    context=_with_button,
)
def away(absence: Absence, form: AbsenceForm) -> ResponseReturnValue:
    """Say when one is away, and who stands in."""
    actions.set_absence(
        absence,
        first_on=form.first_on.data,
        last_on=form.last_on.data,
        stand_in_id=form.chosen,
        by=viewer(),
    )
    flash(_("Uw afwezigheid is opgeslagen."), "ok")
    return _to_people(absence.organisation_id)


@bp.post("/organisaties/<int:organisation_id>/afwezig/weg")
@requires(step_of("absence", "came_back"), load=set_own_absence, form=OnceForm)
def end_absence(absence: Absence, _form: OnceForm) -> ResponseReturnValue:
    """Be no longer away."""
    number = absence.organisation_id
    actions.end_absence(absence, by=viewer())
    flash(_("U bent niet meer afwezig."), "ok")
    return _to_people(number)


@bp.post("/organisaties/<int:organisation_id>/afwezig/<int:absence_id>/niet-vervangen")
@requires(step_of("absence", "stepped_back"), load=declined_absence, form=OnceForm)
def decline(absence: Absence, _form: OnceForm) -> ResponseReturnValue:
    """Stand in no longer for a colleague."""
    name = absence.account.name
    actions.decline(absence, by=viewer())
    flash(_("U vervangt %(name)s niet meer. %(name)s krijgt daarvan bericht.", name=name), "ok")
    return _to_people(absence.organisation_id)
