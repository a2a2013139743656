"""Rights that the vereniging proposes: put forward, taken back, objected to."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.sessions import signed_in_viewer
from portal.core.errors import LinkDead
from portal.core.i18n import gettext as _
from portal.core.mail_addresses import shown_mail_address
from portal.lifecycle import AccessProposalState, step_of
from portal.organisations import actions, queries
from portal.organisations.forms import ObjectForm, ProposeOwnerForm
from portal.organisations.models import AccessProposal, Organisation
from portal.organisations.roles import ROLE_WORDS
from portal.organisations.views.blueprint import bp
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def _to_people(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.people", organisation_id=organisation_id))


@bp.route("/organisaties/<int:organisation_id>/eigenaar-voorstellen", methods=["GET", "POST"])
@requires(
    step_of("access_proposal", "propose"),
    load=queries.get_organisation,
    form=ProposeOwnerForm,
    page="organisations/propose_owner.html",
    limits=("invitation_account",),
)
def propose_owner(organisation: Organisation, form: ProposeOwnerForm) -> ResponseReturnValue:
    """Propose the first eigenaar of an organisation, for a second person to look at."""
    proposal = actions.propose_owner(
        organisation, email=form.email.data, proof=form.proof.data, by=signed_in_viewer()
    )
    if proposal.state == AccessProposalState.PROPOSED:
        flash(_("Het voorstel wacht op een tweede persoon van de vereniging."), "ok")
    else:
        address = shown_mail_address(form.email.data)
        flash(_("De uitnodiging gaat per mail naar %(email)s.", email=address), "ok")
    return _to_people(organisation.id)


@bp.post("/organisaties/<int:organisation_id>/toegangsvoorstellen/<int:proposal_id>/intrekken")
@requires(step_of("access_proposal", "withdraw"), load=queries.get_access_proposal, form=ButtonForm)
def withdraw_access_proposal(proposal: AccessProposal, _form: ButtonForm) -> ResponseReturnValue:
    """Take back what the viewer proposed."""
    actions.withdraw_access_proposal(proposal, by=viewer())
    flash(_("Het voorstel is ingetrokken."), "ok")
    return _to_people(proposal.organisation_id)


def _announced(proposal: AccessProposal, _form: ObjectForm) -> dict[str, object]:
    return {"role": ROLE_WORDS[proposal.role]}


@bp.route(
    "/organisaties/<int:organisation_id>/toegangsvoorstellen/<int:proposal_id>/bezwaar",
    methods=["GET", "POST"],
)
@requires(
    step_of("access_proposal", "object"),
    load=queries.get_access_proposal,
    form=ObjectForm,
    page="organisations/object.html",
    context=_announced,
)
def object_as_owner(proposal: AccessProposal, form: ObjectForm) -> ResponseReturnValue:
    """Object as an eigenaar who is signed in."""
    actions.object_to(proposal, reason=form.reason.data or "", by=viewer())
    flash(_("Uw bezwaar is verwerkt. Deze persoon krijgt geen toegang."), "ok")
    return _to_people(proposal.organisation_id)


def proposal_behind(token: str) -> AccessProposal:
    """Return the proposal behind a mailed link; LinkDead says what became of it."""
    try:
        return queries.proposal_by_token(token)
    except LinkDead as dead:
        if dead.why == "used":
            dead.message = _("Er is al bezwaar gemaakt. Deze persoon krijgt geen toegang.")
        elif dead.why == "expired":
            dead.message = _("De tijd voor bezwaar is voorbij. Neem contact op met de vereniging.")
        raise


@bp.route("/bezwaar-tegen-toegang/<token>", methods=["GET", "POST"])
@public(
    load=proposal_behind,
    form=ObjectForm,
    page="organisations/object.html",
    context=_announced,
    limits=("link_address",),
)
def object_by_link(proposal: AccessProposal, form: ObjectForm) -> ResponseReturnValue:
    """Object with the link from the mail, without an account; GET changes nothing."""
    actions.object_to(proposal, reason=form.reason.data or "", by=None)
    return redirect(url_for("organisations.objected"), 303)


@bp.get("/bezwaar-tegen-toegang/klaar")
@public()
def objected() -> ResponseReturnValue:
    """Show that the objection counts."""
    return render_template("organisations/objected.html")
