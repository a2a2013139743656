"""What new eigenaren publish first: for moderators to know, and to mark as seen."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import step_of
from portal.moderation import queries
from portal.moderation.views.page import bp
from portal.organisations import actions
from portal.organisations.models import Arrival
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
    return redirect(url_for("moderation.desk"), 303)
