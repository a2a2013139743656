"""Stopping an ending in time: with a link from a mail, or signed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.errors import LinkDead
from portal.core.i18n import gettext as _
from portal.lifecycle import EndingState, step_of
from portal.signatures import actions, queries
from portal.signatures.forms import StopByLinkForm, StopEndForm
from portal.signatures.models import Ending, StopLink
from portal.signatures.views.blueprint import bp
from portal.signatures.views.showing import back
from portal.web.guard import by_token, public, requires
from portal.web.person import viewer


def get_stop_link(token: str) -> StopLink:
    """Return the link to stop an ending; LinkDead says what one can do instead."""
    try:
        return queries.get_stop_link(token)
    except LinkDead as dead:
        if dead.why == "over":
            dead.message = _(
                "U kunt deze opzegging niet meer stoppen. Klopt er iets niet? Neem contact op met "
                "de vereniging."
            )
        raise


def _stopped(link: StopLink, _form: StopByLinkForm) -> ResponseReturnValue | None:
    """Redirect to the page that says so from an ending that was stopped."""
    is_stopped = link.ending.state == EndingState.STOPPED
    return redirect(url_for("signatures.end_stopped"), 303) if is_stopped else None


@bp.route("/opzegging-stoppen/<token>", methods=["GET", "POST"])
@by_token(
    load=get_stop_link,
    form=StopByLinkForm,
    page="signatures/stop_by_link.html",
    instead=_stopped,
    limits=("link_address",),
)
def stop_by_link(link: StopLink, form: StopByLinkForm) -> ResponseReturnValue:
    """Stop the ending without an account; a second time nothing happens."""
    actions.stop_end_by_link(link, reason=form.why.data or "")
    return redirect(url_for("signatures.end_stopped"), 303)


@bp.get("/opzegging-stoppen/gestopt")
@public()
def end_stopped() -> ResponseReturnValue:
    """Say that the ending was stopped, and what stays."""
    return render_template("signatures/end_stopped.html")


def _unless_waiting(ending: Ending, _form: StopEndForm) -> ResponseReturnValue | None:
    return None if ending.is_stoppable else back(ending.signature)


@bp.route("/opzeggingen/<int:ending_id>/stoppen", methods=["GET", "POST"])
@requires(
    step_of("ending", "stop"),
    load=queries.get_ending,
    form=StopEndForm,
    page="signatures/stop_end.html",
    instead=_unless_waiting,
)
def stop_end(ending: Ending, form: StopEndForm) -> ResponseReturnValue:
    """Stop the ending, as an eigenaar or a moderator."""
    actions.stop_end(ending, reason=form.why.data or "", by=viewer())
    flash(_("De opzegging is gestopt. De organisatie blijft ondertekenaar."), "ok")
    return back(ending.signature)
