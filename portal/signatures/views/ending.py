"""Withdrawing from the pact in two steps, and the end by the vereniging."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.signatures import actions, queries
from portal.signatures.forms import EndByVerenigingForm, EndForm, StopForm
from portal.signatures.models import Signature, SignatureLink
from portal.signatures.views.blueprint import bp
from portal.signatures.views.confirming import sender_of, told_whom_to_ask
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def _back(signature: Signature) -> ResponseReturnValue:
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)


@bp.route("/ondertekeningen/<int:signature_id>/opzeggen", methods=["GET", "POST"])
@requires(
    Permission.SIGNATURE_STOP,
    load=queries.get_signature,
    form=StopForm,
    limits=("application_account",),
)
def stop(signature: Signature, form: StopForm) -> ResponseReturnValue:
    """First step: say who is authorised to end it; nothing ends yet."""
    if not form.is_accepted:
        if signature.state != "admitted":
            return _back(signature)
        page = render_template(
            "signatures/stop.html",
            signature=signature,
            open_link=queries.find_open_link(signature.id, "end"),
            form=form,
        )
        return page, form.status
    actions.request_end(
        signature,
        name=form.signatory_name.data,
        function=form.signatory_function.data,
        email=form.signatory_email.data,
        reason=form.reason.data or "",
        by=viewer(),
    )
    flash(_("De link is gemaild aan %(email)s.", email=form.signatory_email.data), "ok")
    return _back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/niet-opzeggen", methods=["GET", "POST"])
@requires(Permission.SIGNATURE_STOP, load=queries.get_signature, form=ButtonForm)
def call_off_end(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Take the request to end back."""
    if not form.is_accepted:
        if queries.find_open_link(signature.id, "end") is None:
            return _back(signature)
        page = render_template("signatures/call_off_end.html", signature=signature, form=form)
        return page, form.status
    actions.call_off_end(signature, by=viewer())
    flash(_("Het verzoek is teruggehaald. De gemailde link werkt niet meer."), "ok")
    return _back(signature)


def get_link(token: str) -> SignatureLink:
    """Return the link; a dead one says whom to ask for another."""
    return told_whom_to_ask(queries.get_end_link, token)


@bp.route("/opzegging-bevestigen/<token>", methods=["GET", "POST"])
@public(load=get_link, form=EndForm, limits=("link_address",))
def confirm_end(link: SignatureLink, form: EndForm) -> ResponseReturnValue:
    """Second step: the authorised person ends it, and sees what becomes of the commitments."""
    if not form.is_accepted:
        page = render_template(
            "signatures/confirm_end.html",
            link=link,
            signature=link.signature,
            sender=sender_of(link),
            form=form,
        )
        return page, form.status
    actions.end(link)
    name = link.signature.organisation.name
    flash(_("U hebt het Groeipact opgezegd namens %(name)s.", name=name), "ok")
    return redirect(url_for("signatures.ended"), 303)


@bp.get("/opzegging-bevestigen/klaar")
@public()
def ended() -> ResponseReturnValue:
    """What stays after a withdrawal."""
    return render_template("signatures/ended.html")


@bp.route("/ondertekeningen/<int:signature_id>/beeindigen", methods=["GET", "POST"])
@requires(
    step_of("signature", "end_by_vereniging"),
    load=queries.get_signature,
    form=EndByVerenigingForm,
)
def end_by_vereniging(signature: Signature, form: EndByVerenigingForm) -> ResponseReturnValue:
    """End the signature of an organisation that is no more."""
    if not form.is_accepted:
        if signature.state != "admitted":
            return _back(signature)
        page = render_template("signatures/end_by_vereniging.html", signature=signature, form=form)
        return page, form.status
    actions.end_by_vereniging(signature, reason=form.words, by=viewer())
    flash(_("De ondertekening is beëindigd."), "ok")
    return _back(signature)
