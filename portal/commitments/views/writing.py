"""Views in which a commitment is written: new, changed, published, thrown away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.commitments import actions
from portal.commitments.forms import CommitmentForm, NewCommitmentForm
from portal.commitments.models import Commitment
from portal.commitments.queries import Promiser, get_promiser
from portal.commitments.views.blueprint import bp
from portal.commitments.views.loading import get_draft, get_writable, page_address
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.signatures.queries import admitted_signature_of
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/organisaties/<int:organisation_id>/toezeggingen/nieuw", methods=["GET", "POST"])
@requires(
    step_of("commitment", "draft"),
    load=get_promiser,
    form=NewCommitmentForm,
    limits=("upload_account",),
)
def create(promiser: Promiser, form: NewCommitmentForm) -> ResponseReturnValue:
    if not form.is_accepted:
        return render_template("commitments/create.html", promiser=promiser, form=form), form.status
    commitment = actions.draft(
        promiser.organisation,
        term=form.promised(),
        promised_on=form.said_on(),
        by=viewer(),
        **form.texts(),
    )
    if form.document.upload is not None:
        title = form.document_title.data or ""
        actions.add_document(commitment, form.document.upload, title=title, by=viewer())
    flash(_("Uw concept is opgeslagen. Bekijk het en publiceer het als alles klopt."), "ok")
    return redirect(url_for("commitments.preview", commitment_id=commitment.id))


@bp.route("/toezeggingen/<int:commitment_id>/bewerken", methods=["GET", "POST"])
@requires(Permission.COMMITMENT_EDIT, load=get_writable, form=CommitmentForm)
def edit(commitment: Commitment, form: CommitmentForm) -> ResponseReturnValue:
    if not form.is_accepted:
        page = render_template("commitments/edit.html", commitment=commitment, form=form)
        return page, form.status
    if form.has_term:
        actions.edit(
            commitment,
            term=form.promised(),
            promised_on=form.said_on(),
            by=viewer(),
            **form.texts(),
        )
    else:
        actions.edit(commitment, by=viewer(), **form.texts())
    flash(_("De wijziging is opgeslagen."), "ok")
    return redirect(page_address(commitment))


@bp.route("/toezeggingen/<int:commitment_id>/publiceren", methods=["GET", "POST"])
@requires(step_of("commitment", "publish"), load=get_draft, form=ButtonForm)
def publish(commitment: Commitment, form: ButtonForm) -> ResponseReturnValue:
    if not form.is_accepted:
        page = render_template(
            "commitments/publish.html",
            commitment=commitment,
            form=form,
            is_signatory=admitted_signature_of(commitment.organisation_id) is not None,
        )
        return page, form.status
    actions.publish(commitment, by=viewer())
    flash(_("De toezegging is gepubliceerd. Iedereen kan haar nu lezen."), "ok")
    return redirect(page_address(commitment))


@bp.route("/toezeggingen/<int:commitment_id>/weggooien", methods=["GET", "POST"])
@requires(step_of("commitment", "discard"), load=get_draft, form=ButtonForm)
def discard(commitment: Commitment, form: ButtonForm) -> ResponseReturnValue:
    if not form.is_accepted:
        page = render_template("commitments/discard.html", commitment=commitment, form=form)
        return page, form.status
    actions.discard(commitment, by=viewer())
    flash(_("Het concept is weggegooid."), "ok")
    return redirect(url_to(Destination.ORGANISATION, organisation_id=commitment.organisation_id))
