"""What new eigenaren publish first: for moderators to know, and to mark as seen."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import step_of
from portal.moderation import queries
from portal.moderation.views.page import bp
from portal.organisations import actions
from portal.organisations.models import Arrival
from portal.policy import Permission
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import viewer

# What was done, by the name of the step; what is not here changed something.
DID = {
    "publish": _l("publiceerde"),
    "reported": _l("meldde voortgang"),
    "term_moved": _l("verschoof de termijn"),
    "withdraw": _l("trok in"),
    "taken_over": _l("nam over wat de vereniging invoerde"),
    "disowned": _l("zei: niet van ons"),
    "logo_set": _l("plaatste een logo"),
}


@bp.post("/werkvoorraad/eerste-publicaties/<int:arrival_id>/gezien")
@requires(step_of("arrival", "seen"), load=queries.get_arrival, form=ButtonForm)
def see_arrival(arrival: Arrival, _form: ButtonForm) -> ResponseReturnValue:
    """Take what a new eigenaar published first off the list."""
    actions.see_arrival(arrival, by=viewer())
    flash(_("Gezien. Dit staat niet meer in de werkvoorraad."), "ok")
    flash(url_for("moderation.seen_arrivals"), "undo")
    return redirect(url_for("moderation.desk"), 303)


@bp.get("/werkvoorraad/eerste-publicaties")
@requires(Permission.QUEUE_READ)
def seen_arrivals() -> ResponseReturnValue:
    """What was seen last, each with the way to list it again."""
    return render_template(
        "moderation/seen_arrivals.html",
        arrivals=queries.seen_arrivals(),
        button_form=ButtonForm.open(),
    )


@bp.post("/werkvoorraad/eerste-publicaties/<int:arrival_id>/toch-niet-gezien")
@requires(step_of("arrival", "unseen"), load=queries.get_arrival, form=ButtonForm)
def unsee_arrival(arrival: Arrival, _form: ButtonForm) -> ResponseReturnValue:
    """List again what a new eigenaar published first."""
    actions.unsee_arrival(arrival, by=viewer())
    flash(_("Dit staat weer in de werkvoorraad."), "ok")
    return redirect(url_for("moderation.desk"), 303)
