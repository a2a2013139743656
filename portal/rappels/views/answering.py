"""The page on which a signatory answers a rappel, promise by promise."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.core.settings import settings
from portal.policy import Permission
from portal.rappels import queries
from portal.rappels.outcomes import LABELS, Outcome
from portal.rappels.queries import Question
from portal.rappels.views.blueprint import bp
from portal.web.guard import requires


@bp.get("/rappels/<name>/antwoorden/<int:organisation_id>")
@requires(Permission.RAPPEL_ANSWER, load=queries.get_answerable)
def answer(question: Question) -> ResponseReturnValue:
    """The promises about which a rappel asks one signatory, each with the ways to answer."""
    lines = queries.asked_of(question.rappel, question.organisation_id)
    return render_template(
        "rappels/answer.html",
        rappel=question.rappel,
        organisation=question.organisation,
        lines=lines,
        answered=sum(line.is_answered for line in lines),
        labels=LABELS,
        Outcome=Outcome,
        on=clock.today(),
        grace_days=settings().grace_days,
    )
