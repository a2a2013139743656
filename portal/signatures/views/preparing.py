"""Preparing a signature: who may sign, and the proof of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import AlreadyExists
from portal.core.i18n import gettext as _
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.pact.queries import find_current
from portal.policy import Permission
from portal.signatures import actions, queries
from portal.signatures.actions.preparing import FILLED_IN_WHILE
from portal.signatures.forms import EditForm, PrepareForm
from portal.signatures.models import Signature
from portal.signatures.views.blueprint import bp
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/organisaties/<int:organisation_id>/ondertekenen", methods=["GET", "POST"])
@requires(
    Permission.SIGNATURE_PREPARE,
    load=get_organisation,
    form=PrepareForm,
    limits=("application_account", "upload_account"),
)
def prepare(organisation: Organisation, form: PrepareForm) -> ResponseReturnValue:
    """Begin: name who may sign, with the proof. When a colleague was first, theirs is shown."""
    standing = queries.find_open(organisation.id)
    if standing is not None:
        return _led_to(standing)
    if not form.is_accepted:
        return render_template(
            "signatures/prepare.html", organisation=organisation, form=form, pact=find_current()
        ), form.status
    try:
        signature = actions.prepare(organisation, by=viewer())
    except AlreadyExists:
        standing = queries.find_open(organisation.id)
        if standing is None:
            raise
        return _led_to(standing)
    _fill_in(signature, form)
    return redirect(url_for("signatures.send", signature_id=signature.id), 303)


def _led_to(standing: Signature) -> ResponseReturnValue:
    flash(_("Voor deze organisatie loopt al een ondertekening. Die ziet u hier."))
    return redirect(url_for("signatures.show", signature_id=standing.id), 303)


def _fill_in(signature: Signature, form: PrepareForm | EditForm) -> None:
    actions.fill_in(
        signature,
        name=form.signatory_name.data,
        function=form.signatory_function.data,
        email=form.signatory_email.data,
        mandate=form.proof.upload,
        mandate_note=form.mandate_note.data or "",
        by=viewer(),
    )


@bp.route("/ondertekeningen/<int:signature_id>/bewerken", methods=["GET", "POST"])
@requires(
    Permission.SIGNATURE_PREPARE,
    load=queries.get_signature,
    form=EditForm,
    limits=("upload_account",),
)
def edit(signature: Signature, form: EditForm) -> ResponseReturnValue:
    """Change who may sign, or add better proof."""
    if not form.is_accepted:
        if signature.state not in FILLED_IN_WHILE:
            return redirect(url_for("signatures.show", signature_id=signature.id))
        page = render_template("signatures/edit.html", signature=signature, form=form)
        return page, form.status
    _fill_in(signature, form)
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)
