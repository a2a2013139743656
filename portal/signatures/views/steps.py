"""The steps that an organisation takes with its application, each with a page that explains it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.core.mail_addresses import shown_mail_address
from portal.core.settings import settings
from portal.lifecycle import step_of
from portal.signatures import actions
from portal.signatures.models import Signature
from portal.signatures.queries import get_signature, mandates_for
from portal.signatures.views.blueprint import bp
from portal.signatures.views.showing import back, unless_open
from portal.web.forms import ButtonForm, OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


def _looked_at(signature: Signature, _form: ButtonForm) -> dict[str, object]:
    """Return what the page shows beside the signature: how long a link works, and the proofs."""
    return {
        "link_days": settings().signatory_link_lifetime.days,
        "proofs": mandates_for(signature, viewer()),
    }


@bp.route("/ondertekeningen/<int:signature_id>/versturen", methods=["GET", "POST"])
@requires(
    step_of("signature", "send"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/send.html",
    context=_looked_at,
    instead=unless_open("send"),
    limits=("application_account",),
)
def send(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Mail the signatory the link to confirm, after a last look at the application."""
    actions.send(signature, by=viewer())
    address = shown_mail_address(signature.signatory_email)
    flash(_("De link is gemaild aan %(email)s.", email=address), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/opnieuw-mailen", methods=["GET", "POST"])
@requires(
    step_of("signature", "sent_again"),
    load=get_signature,
    form=OnceForm,
    page="signatures/send_again.html",
    instead=unless_open("sent_again"),
    limits=("application_account",),
)
def send_again(signature: Signature, _form: OnceForm) -> ResponseReturnValue:
    """Mail the signatory a new link."""
    actions.send_again(signature, by=viewer())
    address = shown_mail_address(signature.signatory_email)
    flash(_("Er is een nieuwe link gemaild aan %(email)s.", email=address), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/terughalen", methods=["GET", "POST"])
@requires(
    step_of("signature", "recall"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/recall.html",
    context=_looked_at,
    instead=unless_open("recall"),
)
def recall(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Make the application a draft again, to correct it."""
    actions.recall(signature, by=viewer())
    flash(_("Het verzoek is teruggehaald. De gemailde link werkt niet meer."), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/insturen", methods=["GET", "POST"])
@requires(
    step_of("signature", "complete"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/complete.html",
    context=_looked_at,
    instead=unless_open("complete"),
)
def complete(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Send in what the vereniging asked for."""
    actions.complete(signature, by=viewer())
    flash(_("De aanvulling is verstuurd. De vereniging kijkt ernaar."), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/heropenen", methods=["GET", "POST"])
@requires(
    step_of("signature", "correct"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/correct.html",
    context=_looked_at,
    instead=unless_open("correct"),
)
def correct(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Make a declined application a draft again."""
    actions.correct(signature, by=viewer())
    flash(_("De aanvraag is weer een concept. Verbeter de gegevens en verstuur ze opnieuw."), "ok")
    return redirect(url_for("signatures.edit", signature_id=signature.id), 303)


@bp.route("/ondertekeningen/<int:signature_id>/annuleren", methods=["GET", "POST"])
@requires(
    step_of("signature", "cancel"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/cancel.html",
    context=_looked_at,
    instead=unless_open("cancel"),
)
def cancel(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Stop the application."""
    actions.cancel(signature, by=viewer())
    flash(_("De aanvraag is geannuleerd."), "ok")
    return back(signature)
