"""Views after publication: progress, a moved term, withdrawal."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from portal.commitments import actions
from portal.commitments.forms import MoveForm, RetractForm, UpdateForm, WithdrawForm
from portal.commitments.models import Commitment, Update
from portal.commitments.queries.subjects import get_document, get_update
from portal.commitments.standing import is_earlier
from portal.commitments.views.blueprint import bp
from portal.commitments.views.loading import open_to, page_address, way_back, with_way_back
from portal.core.db import row_id
from portal.core.i18n import gettext as _
from portal.documents import actions as documents
from portal.documents.models import Document
from portal.lifecycle import step_of
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/toezeggingen/<int:commitment_id>/voortgang", methods=["GET", "POST"])
@requires(
    step_of("commitment", "reported"),
    load=open_to("reported"),
    form=UpdateForm,
    page="commitments/report.html",
    context=with_way_back,
    limits=("upload_account",),
)
def report(commitment: Commitment, form: UpdateForm) -> ResponseReturnValue:
    """Report how far it is, with the evidence of it."""
    update = actions.report(
        commitment,
        **form.told(),
        evidence_url=form.evidence_url.data or None,
        evidence=_evidence(commitment, form),
        source=form.source(),
        reason=form.reason_given(),
        by=viewer(),
    )
    flash(_("Uw voortgangsbericht staat op de pagina."), "ok")
    return redirect(way_back(commitment, f"#bericht-{row_id(update)}"))


@bp.route("/toezeggingen/<int:commitment_id>/termijn", methods=["GET", "POST"])
@requires(
    step_of("commitment", "term_moved"),
    load=open_to("term_moved"),
    form=MoveForm,
    page="commitments/move_term.html",
    context=with_way_back,
)
def move_term(commitment: Commitment, form: MoveForm) -> ResponseReturnValue:
    """Give a promise another term, with the reason."""
    move = actions.move_term(
        commitment,
        term=form.promised(),
        reason=form.reason.data,
        source=form.source(),
        by=viewer(),
    )
    if is_earlier(move.old_latest, move.new_latest):
        flash(_("De termijn is vervroegd. De oude termijn blijft te lezen."), "ok")
    else:
        flash(_("De termijn is verschoven. De oude termijn blijft te lezen."), "ok")
    return redirect(way_back(commitment))


@bp.route("/toezeggingen/<int:commitment_id>/intrekken", methods=["GET", "POST"])
@requires(
    step_of("commitment", "withdraw"),
    load=open_to("withdraw"),
    form=WithdrawForm,
    page="commitments/withdraw.html",
)
def withdraw(commitment: Commitment, form: WithdrawForm) -> ResponseReturnValue:
    """End a promise that will not be kept; it stays to be read."""
    actions.withdraw(commitment, reason=form.reason.data, source=form.source(), by=viewer())
    flash(_("De toezegging is ingetrokken. De toezegging blijft te lezen, met uw reden."), "ok")
    return redirect(page_address(commitment))


@bp.route(
    "/toezeggingen/<int:commitment_id>/berichten/<int:update_id>/terugnemen",
    methods=["GET", "POST"],
)
@requires(
    step_of("progress_update", "retracted"),
    load=get_update,
    form=RetractForm,
    page="commitments/retract.html",
)
def retract(update: Update, form: RetractForm) -> ResponseReturnValue:
    """Take back a message that the vereniging entered; it stays to be read."""
    actions.retract(update, reason=form.reason.data, by=viewer())
    flash(_("Het bericht telt niet meer mee. Het blijft te lezen, met uw reden."), "ok")
    return redirect(f"{page_address(update.commitment)}#bericht-{update.id}")


def _evidence(commitment: Commitment, form: UpdateForm) -> Document | None:
    if form.document.upload is not None:
        upload = form.document.upload
        return documents.keep(upload, title=actions.title_of(upload), by=viewer())
    if form.evidence_id.data:
        return get_document(commitment, int(form.evidence_id.data))
    return None
