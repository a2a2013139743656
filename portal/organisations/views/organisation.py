"""Changing what stands of one organisation, where that needs no proposal."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import CorrectForm, EditForm, ProvinceForm
from portal.organisations.models import Organisation
from portal.organisations.views.blueprint import bp
from portal.organisations.views.elsewhere import lead_to
from portal.organisations.views.own import flash_numbers
from portal.policy import Permission, can
from portal.web.destinations import Destination, url_to
from portal.web.guard import requires
from portal.web.person import viewer


def _public(organisation: Organisation, form: EditForm) -> ResponseReturnValue | None:
    """Lead away from a public organisation: to a proposal, or to why the viewer makes none."""
    if not organisation.is_public:
        return None
    if can(viewer(), Permission.ORGANISATION_PROPOSE, organisation):
        return lead_to("organisations.propose", organisation, form)
    return redirect(url_for("organisations.proposals", organisation_id=organisation.id), 303)


@bp.route("/organisaties/<int:organisation_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("organisation", "edited"),
    load=queries.get_organisation,
    form=EditForm,
    page="organisations/edit.html",
    instead=_public,
)
def edit(organisation: Organisation, form: EditForm) -> ResponseReturnValue:
    """Change name, kind, numbers and website of an organisation that is not public."""
    facts = form.facts()
    actions.edit(organisation, facts, renamed_on=form.renamed_on.data, by=viewer())
    flash(_("De wijziging is opgeslagen."), "ok")
    flash_numbers(facts.numbers)
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))


@bp.route("/organisaties/<int:organisation_id>/provincie", methods=["GET", "POST"])
@requires(
    step_of("organisation", "edited"),
    load=queries.get_organisation,
    form=ProvinceForm,
    page="organisations/province.html",
)
def province(organisation: Organisation, form: ProvinceForm) -> ResponseReturnValue:
    """Change the province."""
    actions.move(organisation, province=form.province.data or None, by=viewer())
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))


@bp.route("/organisaties/<int:organisation_id>/verbeteren", methods=["GET", "POST"])
@requires(
    step_of("organisation", "corrected"),
    load=queries.get_organisation,
    form=CorrectForm,
    page="organisations/correct.html",
)
def correct(organisation: Organisation, form: CorrectForm) -> ResponseReturnValue:
    """Correct what the vereniging entered about an organisation itself."""
    actions.correct(
        organisation,
        form.facts(),
        source=form.source(),
        reason=form.reason_given(),
        renamed_on=form.renamed_on.data,
        by=viewer(),
    )
    flash(_("De gegevens zijn verbeterd."), "ok")
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))
