"""The sessions of one's own account, and ending them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.actions.sessions import end_session, end_sessions_of
from portal.accounts.forms import StopSessionForm
from portal.accounts.models import AccountSession
from portal.accounts.queries import get_session, sessions_of
from portal.accounts.sessions import idle_limit, signed_in_viewer
from portal.accounts.views.blueprint import bp
from portal.core.i18n import gettext as _
from portal.core.settings import settings
from portal.policy import Permission
from portal.web.forms import ButtonForm
from portal.web.guard import requires
from portal.web.person import forget_viewer, viewer


def own_session(session_id: int) -> AccountSession | None:
    """Return a session of the viewer, or raise 404; None for a visitor."""
    person = viewer()
    return get_session(session_id, person.id) if person.id is not None else None


@bp.get("/account/sessies")
@requires(Permission.ACCOUNT_EDIT)
def sessions() -> ResponseReturnValue:
    """Every browser in which the viewer is signed in."""
    person = signed_in_viewer()
    idle = idle_limit(person.is_moderator or person.is_beheerder)
    open_ones = sessions_of(person.id, idle=idle, absolute=settings().session_absolute)
    return render_template(
        "accounts/sessions.html",
        # This one on top: "last used" is noted once a minute, so it may well not come first.
        sessions=sorted(open_ones, key=lambda row: row.id != person.session_id),
        this_session=person.session_id,
        idle_minutes=person.idle_minutes,
        button=StopSessionForm.open(),
    )


@bp.post("/account/sessies/verlengen")
@requires(Permission.ACCOUNT_CONFIRM, form=ButtonForm)
def extend_session(_form: ButtonForm) -> ResponseReturnValue:
    """Go on with a session that was about to end: the press is the use; say how long it lasts."""
    return {"seconds": signed_in_viewer().seconds_left}


@bp.post("/account/sessies/<int:session_id>/beeindigen")
@requires(Permission.ACCOUNT_EDIT, load=own_session, form=StopSessionForm)
def stop_session(ended: AccountSession, _form: StopSessionForm) -> ResponseReturnValue:
    """End one session."""
    is_this = ended.id == signed_in_viewer().session_id
    end_session(ended.id)
    if is_this:
        forget_viewer()
        flash(_("U bent uitgelogd."), "ok")
        return redirect(url_for("accounts.sign_in"))
    flash(_("De sessie is beëindigd."), "ok")
    return redirect(url_for("accounts.sessions"))


@bp.post("/account/sessies/beeindigen")
@requires(Permission.ACCOUNT_EDIT, form=StopSessionForm)
def stop_other_sessions(_form: StopSessionForm) -> ResponseReturnValue:
    """End every session but this one."""
    person = signed_in_viewer()
    end_sessions_of(person.id, but=person.session_id)
    flash(_("Alle andere sessies zijn beëindigd."), "ok")
    return redirect(url_for("accounts.sessions"))
