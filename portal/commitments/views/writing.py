"""Views in which a commitment is written: new, changed, published, thrown away."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.commitments import actions
from portal.commitments.forms import CommitmentForm, NewCommitmentForm
from portal.commitments.models import Commitment
from portal.commitments.views.blueprint import bp
from portal.commitments.views.loading import open_to, page_address
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.organisations.models import Organisation
from portal.organisations.queries import get_organisation
from portal.signatures.queries import admitted_signature_of
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm, SeenForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/organisaties/<int:organisation_id>/toezeggingen/nieuw", methods=["GET", "POST"])
@requires(
    step_of("commitment", "draft"),
    load=get_organisation,
    form=NewCommitmentForm,
    page="commitments/create.html",
    limits=("upload_account",),
)
def create(organisation: Organisation, form: NewCommitmentForm) -> ResponseReturnValue:
    """Write a new promise, as a draft."""
    commitment = actions.draft(
        organisation,
        term=form.promised(),
        promised_on=form.said_on(),
        reason=form.reason_given(),
        by=viewer(),
        **form.texts(),
    )
    if form.document.upload is not None:
        title = form.document_title.data or ""
        actions.add_document(commitment, form.document.upload, title=title, by=viewer())
    flash(_saved(organisation), "ok")
    return redirect(url_for("commitments.preview", commitment_id=commitment.id))


def _saved(organisation: Organisation) -> str:
    """Return what is said of a draft: what comes next only where it can."""
    if admitted_signature_of(organisation.id) is None:
        return str(_("Uw concept is opgeslagen."))
    return str(_("Uw concept is opgeslagen. Bekijk het en publiceer het als alles klopt."))


@bp.route("/toezeggingen/<int:commitment_id>/bewerken", methods=["GET", "POST"])
@requires(
    step_of("commitment", "edited"),
    load=open_to("edited"),
    form=CommitmentForm,
    page="commitments/edit.html",
)
def edit(commitment: Commitment, form: CommitmentForm) -> ResponseReturnValue:
    """Change the text; of a draft the term as well."""
    actions.edit(
        commitment,
        term=form.promised() if form.has_term else None,
        promised_on=form.said_on() if form.has_term else None,
        reason=form.reason_given(),
        by=viewer(),
        **form.texts(),
    )
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(page_address(commitment))


def _is_signatory(commitment: Commitment, _form: SeenForm) -> dict[str, object]:
    return {"is_signatory": admitted_signature_of(commitment.organisation_id) is not None}


@bp.route("/toezeggingen/<int:commitment_id>/publiceren", methods=["GET", "POST"])
@requires(
    step_of("commitment", "publish"),
    load=open_to("publish"),
    form=SeenForm,
    page="commitments/publish.html",
    context=_is_signatory,
)
def publish(commitment: Commitment, form: SeenForm) -> ResponseReturnValue:
    """Let everybody read it, as it stood when the page was opened."""
    form.refuse_unseen(commitment, commitment)
    actions.publish(commitment, by=viewer())
    flash(_("De toezegging is gepubliceerd. Iedereen kan de toezegging nu lezen."), "ok")
    return redirect(page_address(commitment))


@bp.route("/toezeggingen/<int:commitment_id>/verwijderen", methods=["GET", "POST"])
@requires(
    step_of("commitment", "discard"),
    load=open_to("discard"),
    form=ButtonForm,
    page="commitments/discard.html",
)
def discard(commitment: Commitment, _form: ButtonForm) -> ResponseReturnValue:
    """Throw a draft away."""
    actions.discard(commitment, by=viewer())
    flash(_("Het concept is verwijderd."), "ok")
    return redirect(url_to(Destination.ORGANISATION, organisation_id=commitment.organisation_id))
