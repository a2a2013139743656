"""The steps that an organisation takes with its application, each with a page that says what."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.lifecycle import is_open, step_of
from portal.policy import Permission
from portal.signatures import actions
from portal.signatures.models import Signature
from portal.signatures.queries import get_signature
from portal.signatures.views.blueprint import bp
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


def _ask(step: str, signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Show what the step will do; the work page when it is not open (any more)."""
    if form.status == 200 and not is_open(step_of("signature", step), signature.state):
        return _back(signature)
    page = render_template(
        f"signatures/{step}.html",
        signature=signature,
        link_days=settings().signatory_link_lifetime.days,
        form=form,
    )
    return page, form.status


def _back(signature: Signature) -> ResponseReturnValue:
    return redirect(url_for("signatures.show", signature_id=signature.id), 303)


@bp.route("/ondertekeningen/<int:signature_id>/versturen", methods=["GET", "POST"])
@requires(
    step_of("signature", "send"),
    load=get_signature,
    form=ButtonForm,
    limits=("application_account",),
)
def send(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Look it over, and mail the link."""
    if not form.is_accepted:
        return _ask("send", signature, form)
    actions.send(signature, by=viewer())
    flash(_("De link is gemaild aan %(email)s.", email=signature.signatory_email), "ok")
    return _back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/opnieuw-mailen", methods=["GET", "POST"])
@requires(
    Permission.SIGNATURE_PREPARE,
    load=get_signature,
    form=ButtonForm,
    limits=("application_account",),
)
def send_again(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Mail a fresh link."""
    if not form.is_accepted:
        if signature.state != "awaiting_confirmation":
            return _back(signature)
        page = render_template("signatures/send_again.html", signature=signature, form=form)
        return page, form.status
    actions.send_again(signature, by=viewer())
    words = _("Er is een nieuwe link gemaild aan %(email)s.", email=signature.signatory_email)
    flash(words, "ok")
    return _back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/terughalen", methods=["GET", "POST"])
@requires(step_of("signature", "recall"), load=get_signature, form=ButtonForm)
def recall(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Take the request back, to correct it."""
    if not form.is_accepted:
        return _ask("recall", signature, form)
    actions.recall(signature, by=viewer())
    flash(_("Het verzoek is teruggehaald. De gemailde link werkt niet meer."), "ok")
    return _back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/insturen", methods=["GET", "POST"])
@requires(step_of("signature", "complete"), load=get_signature, form=ButtonForm)
def complete(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Send in what the vereniging asked for."""
    if not form.is_accepted:
        return _ask("complete", signature, form)
    actions.complete(signature, by=viewer())
    flash(_("De aanvulling is ingestuurd. De vereniging kijkt ernaar."), "ok")
    return _back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/heropenen", methods=["GET", "POST"])
@requires(step_of("signature", "correct"), load=get_signature, form=ButtonForm)
def correct(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Begin again after a refusal."""
    if not form.is_accepted:
        return _ask("correct", signature, form)
    actions.correct(signature, by=viewer())
    flash(_("De aanvraag is weer een concept. Verbeter de gegevens en verstuur ze opnieuw."), "ok")
    return redirect(url_for("signatures.edit", signature_id=signature.id), 303)


@bp.route("/ondertekeningen/<int:signature_id>/annuleren", methods=["GET", "POST"])
@requires(step_of("signature", "cancel"), load=get_signature, form=ButtonForm)
def cancel(signature: Signature, form: ButtonForm) -> ResponseReturnValue:
    """Stop the application."""
    if not form.is_accepted:
        return _ask("cancel", signature, form)
    actions.cancel(signature, by=viewer())
    flash(_("De aanvraag is geannuleerd."), "ok")
    return _back(signature)
