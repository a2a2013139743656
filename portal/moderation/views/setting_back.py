"""Proposals that were placed, and setting one back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.moderation.forms import SetBackForm
from portal.moderation.views.page import bp
from portal.organisations import actions, queries
from portal.organisations.models import IdentityProposal
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


def load(number: int) -> IdentityProposal:
    """Return a proposal, or 404."""
    return queries.get_proposal(number)


def _changes(proposal: IdentityProposal, _form: SetBackForm) -> dict[str, object]:
    return {
        "organisation": queries.get_organisation(proposal.organisation_id),
        "changes": queries.changes_of(proposal.old, proposal.new, current_locale()),
    }


@bp.get("/werkvoorraad/voorstellen")
@requires(Permission.QUEUE_READ)
def placed_proposals() -> ResponseReturnValue:
    """List the proposals that were placed last, each with the way to set it back."""
    rows = queries.placed_proposals()
    locale = current_locale()
    return render_template(
        "moderation/placed_proposals.html",
        proposals=rows,
        changes={row.id: queries.changes_of(row.old, row.new, locale) for row in rows},
    )


@bp.route("/werkvoorraad/voorstellen/<int:number>/terugzetten", methods=["GET", "POST"])
@requires(
    step_of("identity_proposal", "set_back"),
    load=load,
    form=SetBackForm,
    page="moderation/set_back.html",
    context=_changes,
)
def set_back(proposal: IdentityProposal, form: SetBackForm) -> ResponseReturnValue:
    """Let an organisation be again who it was before a proposal."""
    actions.set_back(proposal, reason=form.reason.data, by=viewer())
    flash(_("De oude gegevens staan er weer. De eigenaren krijgen een mail met de reden."), "ok")
    return redirect(url_for("moderation.placed_proposals"))
