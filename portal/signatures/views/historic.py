"""Entering signatures of the past."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions as organisation_actions
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.signatures import actions
from portal.signatures.forms import EnterForm, SignedForm
from portal.signatures.views.blueprint import bp
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/werkvoorraad/historisch", methods=["GET", "POST"])
@requires(step_of("signature", "enter"), form=EnterForm, page="signatures/enter.html")
def enter(form: EnterForm) -> ResponseReturnValue:
    """Enter a signature of the past, of a new organisation or one that is here already."""
    organisation_id = form.existing_id
    if organisation_id is None:
        organisation = organisation_actions.enter(form.facts(), by=viewer())
    else:
        organisation = get_organisation(organisation_id)
    return _enter(organisation, form, field="existing")


@bp.route("/organisaties/<int:organisation_id>/historisch", methods=["GET", "POST"])
@requires(
    step_of("signature", "enter"),
    load=get_organisation,
    form=SignedForm,
    page="signatures/enter_for.html",
)
def enter_for(organisation: Organisation, form: SignedForm) -> ResponseReturnValue:
    """Enter a signature of the past, of an organisation that is here already."""
    return _enter(organisation, form, field="organisation")


def _enter(organisation: Organisation, form: SignedForm, *, field: str) -> ResponseReturnValue:
    if organisation.id in viewer().roles:
        message = _("U hoort zelf bij deze organisatie. Laat een andere moderator dit doen.")
        raise FieldRefused(field, message)
    try:
        signature = actions.enter(organisation, form.signed(), by=viewer())
    except AlreadyExists as clash:
        raise FieldRefused(field, clash.message) from clash
    flash(_("De ondertekening is ingevoerd. De organisatie is nu openbaar."), "ok")
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)
