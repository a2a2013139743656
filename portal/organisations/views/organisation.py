"""Changing the name, kind, numbers and website of one organisation."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import EditForm
from portal.organisations.models import Organisation
from portal.organisations.views.blueprint import bp
from portal.organisations.views.own import flash_remarks
from portal.web.destinations import Destination, url_to
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/organisaties/<int:organisation_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("organisation", "edited"),
    load=queries.get_organisation,
    form=EditForm,
    page="organisations/edit.html",
)
def edit(organisation: Organisation, form: EditForm) -> ResponseReturnValue:
    """Change name, kind, numbers and website."""
    facts = form.facts()
    actions.edit(organisation, facts, renamed_on=form.renamed_on.data, by=viewer())
    flash(_("De wijziging is opgeslagen."), "ok")
    flash_remarks(facts)
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))
