"""Views of what a signatory expects of its promise."""

from __future__ import annotations

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from portal.commitments import actions
from portal.commitments.forms import PrognosisForm
from portal.commitments.models import Commitment, Prognosis
from portal.commitments.queries.prognoses import get_prognosis
from portal.commitments.views.blueprint import bp
from portal.commitments.views.loading import open_to, page_address, way_back, with_way_back
from portal.core.db import row_id
from portal.core.i18n import gettext as _
from portal.lifecycle import step_of
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/toezeggingen/<int:commitment_id>/prognose", methods=["GET", "POST"])
@requires(
    step_of("commitment", "foretold"),
    load=open_to("foretold"),
    form=PrognosisForm,
    page="commitments/foretell.html",
    context=with_way_back,
)
def foretell(commitment: Commitment, form: PrognosisForm) -> ResponseReturnValue:
    """Say when it is expected to be done; the term stays as it is."""
    prognosis = actions.foretell(
        commitment,
        expected=form.expected.data,
        body=form.body.data,
        source=form.source(),
        by=viewer(),
    )
    flash(_("Uw prognose staat bij de toezegging. De termijn is niet veranderd."), "ok")
    return redirect(way_back(commitment, f"#prognose-{row_id(prognosis)}"))


@bp.route(
    "/toezeggingen/<int:commitment_id>/prognoses/<int:prognosis_id>/intrekken",
    methods=["GET", "POST"],
)
@requires(
    step_of("prognosis", "recalled"),
    load=get_prognosis,
    form=OnceForm,
    page="commitments/recall.html",
)
def recall(prognosis: Prognosis, _form: OnceForm) -> ResponseReturnValue:
    """Take a prognosis back; it stays to be read."""
    actions.recall(prognosis, by=viewer())
    flash(_("De prognose is ingetrokken. De prognose blijft te lezen."), "ok")
    return redirect(f"{page_address(prognosis.commitment)}#prognose-{prognosis.id}")
