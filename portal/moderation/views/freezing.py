"""Freezing a disputed organisation, and unfreezing it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation.forms import FreezeForm, RestoreForm
from portal.moderation.views.page import bp
from portal.organisations import actions, queries
from portal.organisations.models import Organisation
from portal.services.grounds import FREEZE_GROUNDS
from portal.web.destinations import Destination, url_to
from portal.web.forms import PortalForm
from portal.web.guard import requires
from portal.web.person import viewer


def _to_organisation(organisation: Organisation) -> Response:
    place = url_to(Destination.ORGANISATION, organisation_id=organisation.id)
    return redirect(place, 303)


def _to_unfreezing(organisation: Organisation, _form: PortalForm) -> ResponseReturnValue | None:
    """Lead to the page of an organisation that is frozen already."""
    if request.method == "GET" and organisation.is_frozen:
        return redirect(url_for("moderation.unfreeze", organisation_id=organisation.id))
    return None


@bp.route("/werkvoorraad/bevriezen/<int:organisation_id>", methods=["GET", "POST"])
@requires(
    step_of("organisation", "freeze"),
    load=queries.get_organisation,
    form=FreezeForm,
    page="moderation/freeze.html",
    instead=_to_unfreezing,
)
def freeze(organisation: Organisation, form: FreezeForm) -> ResponseReturnValue:
    """Let nobody write in the name of an organisation for now."""
    actions.freeze(organisation, ground=form.ground.data, reason=form.reason.data, by=viewer())
    flash(_("De organisatie is bevroren. De eigenaren en redacteuren krijgen een mail."), "ok")
    return _to_organisation(organisation)


def _why(organisation: Organisation, _form: PortalForm) -> dict[str, object]:
    return {"freezing": queries.why_frozen(organisation), "freeze_grounds": FREEZE_GROUNDS}


def _to_work_page(organisation: Organisation, _form: PortalForm) -> ResponseReturnValue | None:
    """Lead to the organisation when it is not frozen any more."""
    if request.method == "GET" and not organisation.is_frozen:
        return _to_organisation(organisation)
    return None


@bp.route("/werkvoorraad/bevriezing-opheffen/<int:organisation_id>", methods=["GET", "POST"])
@requires(
    step_of("organisation", "unfreeze"),
    load=queries.get_organisation,
    form=RestoreForm,
    page="moderation/unfreeze.html",
    context=_why,
    instead=_to_work_page,
)
def unfreeze(organisation: Organisation, form: RestoreForm) -> ResponseReturnValue:
    """Let the people of an organisation write in its name again."""
    actions.unfreeze(organisation, reason=form.reason.data, by=viewer())
    flash(
        _("De organisatie is niet meer bevroren. De eigenaren en redacteuren krijgen een mail."),
        "ok",
    )
    return _to_organisation(organisation)
