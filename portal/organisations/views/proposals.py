"""Proposing who a public organisation is, taking that back, and what became of every proposal."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations import actions, queries
from portal.organisations.forms import ProposeForm
from portal.organisations.identity import identity_of
from portal.organisations.models import IdentityProposal, Organisation
from portal.organisations.views.blueprint import bp
from portal.organisations.views.elsewhere import lead_to
from portal.organisations.views.own import flash_numbers
from portal.policy import Permission
from portal.services.grounds import PROPOSAL_GROUNDS
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


def proposal_of(organisation_id: int, proposal_id: int) -> IdentityProposal:
    """Return a proposal of this organisation, or 404."""
    proposal = queries.get_proposal(proposal_id)
    if proposal.organisation_id != organisation_id:
        raise NotFound
    return proposal


def _not_public(organisation: Organisation, form: ProposeForm) -> ResponseReturnValue | None:
    """Lead to the page where an organisation is changed at once that is not public."""
    return None if organisation.is_public else lead_to("organisations.edit", organisation, form)


def _beside(organisation: Organisation, form: ProposeForm) -> dict[str, object]:
    """Return the proposal that is open, and the organisations that the form asks about."""
    is_asked = bool(form.is_sure.errors or form.is_sure.data)
    return {
        "waiting": queries.find_open_proposal(organisation.id),
        "is_asked": is_asked,
        "alike": form.alike(organisation) if is_asked and form.kind_id.data else [],
    }


@bp.route("/organisaties/<int:organisation_id>/voorstel", methods=["GET", "POST"])
@requires(
    step_of("identity_proposal", "propose"),
    load=queries.get_organisation,
    form=ProposeForm,
    page="organisations/propose.html",
    context=_beside,
    instead=_not_public,
)
def propose(organisation: Organisation, form: ProposeForm) -> ResponseReturnValue:
    """Propose another name, kind, website or number."""
    standing = identity_of(organisation)
    after = form.identity(standing)
    changed = after.changes_from(standing)
    renamed_on = None if form.is_correction.data else form.renamed_on.data
    reasons = {"note": form.note.data, "source_url": form.source_url.data}
    actions.propose(organisation, after, renamed_on=renamed_on, **reasons, by=viewer())
    flash(_("Uw voorstel wacht op een moderator. Tot die tijd blijft staan wat er staat."), "ok")
    flash_numbers({name: value for name, value in after.numbers.items() if name in changed})
    return redirect(url_to(Destination.ORGANISATION, organisation_id=organisation.id))


@bp.post("/organisaties/<int:organisation_id>/voorstellen/<int:proposal_id>/intrekken")
@requires(step_of("identity_proposal", "withdraw"), load=proposal_of, form=ButtonForm)
def withdraw_proposal(proposal: IdentityProposal, _form: ButtonForm) -> ResponseReturnValue:
    """Take a proposal back."""
    actions.withdraw_proposal(proposal, by=viewer())
    flash(_("Het voorstel is ingetrokken."), "ok")
    return redirect(url_to(Destination.ORGANISATION, organisation_id=proposal.organisation_id))


@bp.get("/organisaties/<int:organisation_id>/voorstellen")
@requires(Permission.WORK_PAGE_READ, load=queries.get_organisation)
def proposals(organisation: Organisation) -> ResponseReturnValue:
    """List every proposal of an organisation: what, by whom, when, and what became of it."""
    rows = queries.proposals_of(organisation.id)
    locale = current_locale()
    return render_template(
        "organisations/proposals.html",
        organisation=organisation,
        proposals=rows,
        changes={row.id: queries.changes_of(row.old, row.new, locale) for row in rows},
        grounds=PROPOSAL_GROUNDS,
        owners=queries.owners_of(organisation.id),
    )
