"""Entering signatures of the past."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.sessions import signed_in_viewer
from portal.core.errors import AlreadyExists, FieldRefused
from portal.core.i18n import gettext as _
from portal.lifecycle import SignatureState, step_of
from portal.organisations import actions as organisation_actions
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.policy import is_outside_moderator
from portal.services.entered import Source
from portal.signatures import actions
from portal.signatures.forms import DenyForm, EnterForm, SignedForm
from portal.signatures.forms.historic import sitting
from portal.signatures.models import Signature
from portal.signatures.queries import get_signature
from portal.signatures.queries.entered import entered_since
from portal.signatures.views.blueprint import bp
from portal.signatures.views.showing import back, unless_open
from portal.web.forms import ButtonForm, OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


def _lately(_form: EnterForm) -> dict[str, object]:
    """Return what the viewer entered in this sitting."""
    return {"entered": entered_since(signed_in_viewer().id, sitting())}


@bp.route("/werkvoorraad/historisch", methods=["GET", "POST"])
@requires(
    step_of("signature", "enter"), form=EnterForm, page="signatures/enter.html", context=_lately
)
def enter(form: EnterForm) -> ResponseReturnValue:
    """Enter a signature of the past, of a new organisation or one that is here already."""
    organisation_id = form.existing_id
    if organisation_id is None:
        source = Source(form.source_title.data or "", form.source_url.data)
        organisation = organisation_actions.enter(form.facts(), source=source, by=viewer())
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
    if not is_outside_moderator(viewer(), organisation):
        message = _(
            "U hebt of had zelf een band met deze organisatie. Laat een andere moderator dit doen."
        )
        raise FieldRefused(field, message)
    try:
        signature = actions.enter(organisation, form.signed(), by=viewer())
    except AlreadyExists as clash:
        raise FieldRefused(field, clash.message) from clash
    if signature.state == SignatureState.AWAITING_OWNER:
        flash(_("De ondertekening is ingevoerd. Een eigenaar kijkt nu of die klopt."), "ok")
    else:
        words = _("De ondertekening van %(name)s is ingevoerd en openbaar.", name=organisation.name)
        flash(words, "ok")
    if form.goes_on:
        return redirect(url_for("signatures.enter", nog_een="ja"), 303)
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/invoer-ongedaan", methods=["GET", "POST"])
@requires(
    step_of("signature", "undo_entry"),
    load=get_signature,
    form=OnceForm,
    page="signatures/undo_entry.html",
    instead=unless_open("undo_entry", also_sent=True),
)
def undo_entry(signature: Signature, _form: OnceForm) -> ResponseReturnValue:
    """Take back what was entered by mistake, at once after entering it."""
    actions.undo_entry(signature, by=viewer())
    flash(_("De invoer over %(name)s is ongedaan gemaakt.", name=signature.organisation.name), "ok")
    return redirect(url_for("signatures.enter"), 303)


@bp.route("/ondertekeningen/<int:signature_id>/klopt", methods=["GET", "POST"])
@requires(
    step_of("signature", "affirm"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/affirm.html",
    instead=unless_open("affirm", also_sent=True),
)
def affirm(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Say that a signature of the past is right."""
    actions.affirm(signature, by=viewer())
    flash(_("De ondertekening staat nu op de openbare pagina."), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/klopt-niet", methods=["GET", "POST"])
@requires(
    step_of("signature", "deny"),
    load=get_signature,
    form=DenyForm,
    page="signatures/deny.html",
    instead=unless_open("deny", also_sent=True),
)
def deny(signature: Signature, form: DenyForm) -> ResponseReturnValue:
    """Say that a signature of the past is not right, and why."""
    actions.deny(signature, reason=form.reason.data, by=viewer())
    flash(_("De ondertekening wordt niet openbaar. De vereniging krijgt uw toelichting."), "ok")
    return back(signature)


@bp.route("/ondertekeningen/<int:signature_id>/invoer-terughalen", methods=["GET", "POST"])
@requires(
    step_of("signature", "take_back"),
    load=get_signature,
    form=ButtonForm,
    page="signatures/take_back_entered.html",
    instead=unless_open("take_back", also_sent=True),
)
def take_back_entered(signature: Signature, _form: ButtonForm) -> ResponseReturnValue:
    """Take back what was entered, before an eigenaar answers."""
    actions.take_back_entered(signature, by=viewer())
    flash(_("De invoer is teruggehaald."), "ok")
    return back(signature)
