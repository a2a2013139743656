"""Withdrawing from the pact in two steps, and the end by the vereniging."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import is_open, step_of
from portal.signatures import actions, queries
from portal.signatures.forms import EndByVerenigingForm, EndForm, StopForm
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.views.blueprint import bp
from portal.signatures.views.confirming import context_of, link_or_advice
from portal.web.forms import ButtonForm, PortalForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def _back(signature: Signature) -> ResponseReturnValue:
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)


def _not_admitted(signature: Signature, _form: PortalForm) -> ResponseReturnValue | None:
    """Redirect to the work page from a signature that cannot be ended."""
    return (
        None
        if is_open(step_of("signature", "end_requested"), signature.state)
        else _back(signature)
    )


def _open_link(signature: Signature, _form: StopForm) -> dict[str, object]:
    return {"open_link": queries.find_open_link(signature.id, "end")}


@bp.route("/ondertekeningen/<int:signature_id>/opzeggen", methods=["GET", "POST"])
@requires(
    step_of("signature", "end_requested"),
    load=queries.get_signature,
    form=StopForm,
    page="signatures/stop.html",
    context=_open_link,
    instead=_not_admitted,
    limits=("application_account",),
)
def stop(signature: Signature, form: StopForm) -> ResponseReturnValue:
    """First step: name the person who is authorised to end it; nothing ends yet."""
    email = form.signatory_email.data
    actions.request_end(
        signature,
        name=form.signatory_name.data,
        function=form.signatory_function.data,
        email=email,
        reason=form.reason.data or "",
        by=viewer(),
    )
    flash(_("De link is gemaild aan %(email)s.", email=email), "ok")
    return _back(signature)


def _not_requested(signature: Signature, _form: ButtonForm) -> ResponseReturnValue | None:
    """Redirect to the work page from a signature without a request to end it."""
    return _back(signature) if queries.find_open_link(signature.id, "end") is None else None


@bp.route("/ondertekeningen/<int:signature_id>/niet-opzeggen", methods=["GET", "POST"])
@requires(
    step_of("signature", "end_called_off"),
    load=queries.get_signature,
    form=ButtonForm,
    page="signatures/call_off_end.html",
    instead=_not_requested,
)
def call_off_end(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Withdraw the request to end the signature."""
    actions.call_off_end(signature, by=viewer())
    flash(_("Het verzoek is teruggehaald. De gemailde link werkt niet meer."), "ok")
    return _back(signature)


def get_link(token: str) -> SignatureLink:
    """Return the link to end; LinkDead says whom to ask for another."""
    return link_or_advice(queries.get_end_link, token)


@bp.route("/opzegging-bevestigen/<token>", methods=["GET", "POST"])
@public(
    load=get_link,
    form=EndForm,
    page="signatures/confirm_end.html",
    context=context_of,
    limits=("link_address",),
)
def confirm_end(link: SignatureLink, _form: EndForm) -> ResponseReturnValue:
    """Second step: the authorised person ends the signature."""
    actions.end(link)
    name = link.signature.organisation.name
    flash(_("U hebt het Groeipact opgezegd namens %(name)s.", name=name), "ok")
    return redirect(url_for("signatures.ended"), 303)


@bp.get("/opzegging-bevestigen/klaar")
@public()
def ended() -> ResponseReturnValue:
    """Show the authorised person what stays after a withdrawal."""
    return render_template("signatures/ended.html")


@bp.route("/ondertekeningen/<int:signature_id>/beeindigen", methods=["GET", "POST"])
@requires(
    step_of("signature", "end_by_vereniging"),
    load=queries.get_signature,
    form=EndByVerenigingForm,
    page="signatures/end_by_vereniging.html",
    instead=_not_admitted,
)
def end_by_vereniging(signature: Signature, form: EndByVerenigingForm) -> ResponseReturnValue:
    """End the signature of an organisation that no longer exists."""
    actions.end_by_vereniging(signature, reason=form.reason_with_source, by=viewer())
    flash(_("De ondertekening is beëindigd."), "ok")
    return _back(signature)
