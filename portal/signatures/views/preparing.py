"""Preparing a signature: the authorised signatory, and the proof of the mandate."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import AlreadyExists
from portal.core.i18n import gettext as _
from portal.lifecycle import is_open, step_of
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.pact.queries import find_current
from portal.signatures import actions, queries
from portal.signatures.forms import EditForm, PrepareForm
from portal.signatures.models import Signature
from portal.signatures.views.blueprint import bp
from portal.signatures.views.showing import back
from portal.web.guard import requires
from portal.web.person import viewer


def _already_begun(organisation: Organisation, _form: PrepareForm) -> ResponseReturnValue | None:
    """Redirect to the open signature of the organisation, None without one."""
    signature = queries.find_open(organisation.id)
    return _to_open(signature) if signature is not None else None


def _current_text(_organisation: Organisation, _form: PrepareForm) -> dict[str, object]:
    return {"pact": find_current()}


@bp.route("/organisaties/<int:organisation_id>/ondertekenen", methods=["GET", "POST"])
@requires(
    step_of("signature", "prepare"),
    load=get_organisation,
    form=PrepareForm,
    page="signatures/prepare.html",
    context=_current_text,
    instead=_already_begun,
    limits=("application_account", "upload_account"),
)
def prepare(organisation: Organisation, form: PrepareForm) -> ResponseReturnValue:
    """Begin a signature; where a colleague has begun one already, redirect to that one."""
    redirected = _already_begun(organisation, form)
    if redirected is not None:
        return redirected
    try:
        signature = actions.prepare(organisation, by=viewer())
    except AlreadyExists:
        redirected = _already_begun(organisation, form)
        if redirected is None:
            raise
        return redirected
    _fill_in(signature, form)
    return redirect(url_for("signatures.send", signature_id=signature.id), 303)


def _to_open(signature: Signature) -> ResponseReturnValue:
    flash(_("Voor deze organisatie loopt al een ondertekening. Die ziet u hier."))
    return back(signature)


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


def _not_filled_in(signature: Signature, _form: EditForm) -> ResponseReturnValue | None:
    """Redirect to the work page from a signature that can no longer be filled in."""
    if not is_open(step_of("signature", "filled_in"), signature.state):
        return redirect(url_for("signatures.show", signature_id=signature.id))
    return None


@bp.route("/ondertekeningen/<int:signature_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("signature", "filled_in"),
    load=queries.get_signature,
    form=EditForm,
    page="signatures/edit.html",
    instead=_not_filled_in,
    limits=("upload_account",),
)
def edit(signature: Signature, form: EditForm) -> ResponseReturnValue:
    """Change the authorised signatory, or add better proof."""
    _fill_in(signature, form)
    flash(_("De wijziging is opgeslagen."), "ok")
    return back(signature)
