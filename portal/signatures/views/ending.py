"""Ending a signature: an eigenaar asks, a tekenbevoegde confirms; or the vereniging proposes."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.core.mail_addresses import shown_mail_address
from portal.core.settings import settings
from portal.documents.serving import send_version
from portal.lifecycle import EndingState, is_open, step_of
from portal.policy import Permission
from portal.signatures import actions, queries
from portal.signatures.forms import AskEndForm, CompleteEndForm, EndByVerenigingForm, EndForm
from portal.signatures.models import Ending, Signature, SignatureLink
from portal.signatures.queries import MandateProof
from portal.signatures.views.blueprint import bp
from portal.signatures.views.confirming import context_of, link_or_advice
from portal.signatures.views.showing import back
from portal.web.forms import ButtonForm, OnceForm, PortalForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def _cannot_end(signature: Signature, _form: PortalForm) -> ResponseReturnValue | None:
    """Redirect to the work page from a signature that does not stand, or that ends already."""
    if not is_open(step_of("signature", "end"), signature.state):
        return back(signature)
    return back(signature) if queries.find_open_ending(signature.id) is not None else None


def _first_day(_signature: Signature, _form: PortalForm) -> dict[str, object]:
    return {"first_day": queries.first_end_day(), "days": settings().end_period_days}


@bp.route("/ondertekeningen/<int:signature_id>/opzeggen", methods=["GET", "POST"])
@requires(
    step_of("ending", "ask"),
    load=queries.get_signature,
    form=AskEndForm,
    page="signatures/ask_end.html",
    context=_first_day,
    instead=_cannot_end,
    limits=("application_account", "upload_account"),
)
def ask_end(signature: Signature, form: AskEndForm) -> ResponseReturnValue:
    """First step: name the person who confirms it; nothing ends yet."""
    actions.ask_end(
        signature,
        other=form.another(),
        reason=form.reason.data or "",
        takes_effect_on=form.takes_effect_on.data,
        by=viewer(),
    )
    flash(_("De link om te bevestigen is gemaild."), "ok")
    return back(signature)


def _unless_asked(ending: Ending, _form: ButtonForm) -> ResponseReturnValue | None:
    return back(ending.signature) if ending.state != EndingState.ASKED else None


@bp.route("/opzeggingen/<int:ending_id>/opnieuw-mailen", methods=["GET", "POST"])
@requires(
    step_of("ending", "sent_again"),
    load=queries.get_ending,
    form=OnceForm,
    page="signatures/send_end_link_again.html",
    instead=_unless_asked,
    limits=("application_account",),
)
def send_end_link_again(ending: Ending, _form: OnceForm) -> ResponseReturnValue:
    """Mail the person who confirms a new link."""
    actions.send_end_link_again(ending, by=viewer())
    address = shown_mail_address(ending.email)
    flash(_("Er is een nieuwe link gemaild aan %(email)s.", email=address), "ok")
    return back(ending.signature)


def _not_asked(ending: Ending, _form: ButtonForm) -> ResponseReturnValue | None:
    """Redirect to the work page from an ending that cannot be taken back."""
    is_possible = is_open(step_of("ending", "call_off"), ending.state)
    return None if is_possible else back(ending.signature)


@bp.route("/ondertekeningen/<int:signature_id>/niet-opzeggen", methods=["GET", "POST"])
@requires(
    step_of("ending", "call_off"),
    load=queries.get_last_ending,
    form=ButtonForm,
    page="signatures/call_off_end.html",
    instead=_not_asked,
)
def call_off_end(ending: Ending, _form: ButtonForm) -> ResponseReturnValue:
    """Take back the request to end the signature."""
    actions.call_off_end(ending, by=viewer())
    flash(_("Het verzoek is teruggehaald. De gemailde link werkt niet meer."), "ok")
    return back(ending.signature)


def get_link(token: str) -> SignatureLink:
    """Return the link to confirm an ending; LinkDead says whom to ask for another."""
    return link_or_advice(queries.get_end_link, token)


def _ending_of(link: SignatureLink, form: PortalForm) -> dict[str, object]:
    """Return what is confirmed, and on which day it takes effect at the earliest."""
    days = {"first_day": queries.first_end_day(), "days": settings().end_period_days}
    return {**context_of(link, form), "ending": link.ending, **days}


@bp.route("/opzegging-bevestigen/<token>", methods=["GET", "POST"])
@public(
    load=get_link,
    form=EndForm,
    page="signatures/confirm_end.html",
    context=_ending_of,
    limits=("link_address",),
)
def confirm_end(link: SignatureLink, _form: EndForm) -> ResponseReturnValue:
    """Second step: the tekenbevoegde confirms; nothing ends before it could be stopped."""
    actions.confirm_end(link)
    name = link.signature.organisation.name
    flash(_("U hebt de opzegging namens %(name)s bevestigd.", name=name), "ok")
    return redirect(url_for("signatures.ended"), 303)


@bp.get("/opzegging-bevestigen/klaar")
@public()
def ended() -> ResponseReturnValue:
    """Show the tekenbevoegde what comes after the confirmation."""
    return render_template("signatures/ended.html", days=settings().end_period_days)


def _unless_more_asked(ending: Ending, _form: PortalForm) -> ResponseReturnValue | None:
    return back(ending.signature) if ending.state != EndingState.MORE_ASKED else None


@bp.route("/opzeggingen/<int:ending_id>/aanvullen", methods=["GET", "POST"])
@requires(
    step_of("ending", "complete"),
    load=queries.get_ending,
    form=CompleteEndForm,
    page="signatures/complete_end.html",
    instead=_unless_more_asked,
    limits=("upload_account",),
)
def complete_end(ending: Ending, form: CompleteEndForm) -> ResponseReturnValue:
    """Send in the proof that the vereniging asked for."""
    note = form.proof_note.data or ""
    actions.complete_end(ending, proof=form.proof.upload, note=note, by=viewer())
    flash(_("De aanvulling is verstuurd. De vereniging kijkt ernaar."), "ok")
    return back(ending.signature)


@bp.get("/opzeggingen/<int:ending_id>/bewijs")
@bp.get("/opzeggingen/<int:ending_id>/bewijs/<int:number>")
@requires(Permission.MANDATE_READ, load=queries.get_ending_proof)
def ending_proof(proof: MandateProof) -> Response:
    """Send the proof of the mandate to end; for moderators and the person who added it."""
    response = send_version(proof.version)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("/ondertekeningen/<int:signature_id>/beeindigen", methods=["GET", "POST"])
@requires(
    step_of("ending", "propose"),
    load=queries.get_signature,
    form=EndByVerenigingForm,
    page="signatures/end_by_vereniging.html",
    context=_first_day,
    instead=_cannot_end,
)
def end_by_vereniging(signature: Signature, form: EndByVerenigingForm) -> ResponseReturnValue:
    """Propose to end the signature of an organisation that no longer exists."""
    actions.propose_end(signature, reason=form.reason_with_source, by=viewer())
    flash(_("Uw voorstel is opgeslagen. Op deze pagina staat wat er nu gebeurt."), "ok")
    return back(signature)
