"""The code that is asked after the password or a mailed link: of a telephone, or from paper."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.actions.sessions import end_pending
from portal.accounts.forms import CodeForm, RecoveryCodeForm, ReturningForm
from portal.accounts.models import PendingSignIn
from portal.accounts.queries.second_factor import account_of
from portal.accounts.sessions import pending_here
from portal.accounts.views.blueprint import bp
from portal.accounts.views.way_in import let_in
from portal.core.i18n import gettext as _
from portal.web.destinations import Destination, url_to
from portal.web.guard import public
from portal.web.limiting import Limit, Moment
from portal.web.log import note_refusal
from portal.web.person import viewer


def _by_pending(_form: ReturningForm) -> str:
    """Count by the account that is signed in to, whatever the first proof was."""
    pending = pending_here()
    return str(pending.account_id) if pending is not None else "none"


TRIES = (
    Limit("code_account", _by_pending, Moment.HOLDS),
    Limit("code_day_account", _by_pending, Moment.HOLDS),
)


def _elsewhere(pending: PendingSignIn | None, form: ReturningForm) -> ResponseReturnValue | None:
    """Lead who is in already to where they went, and who waited too long back to the password."""
    if pending is not None:
        return None
    if viewer().is_authenticated:
        return redirect(form.back or url_to(Destination.MY_WORK))
    flash(_("Het duurde te lang. Log opnieuw in."), "warning")
    return redirect(url_for("accounts.sign_in", **form.way_back))


@bp.route("/inloggen/code", methods=["GET", "POST"])
@public(
    load=pending_here,
    form=CodeForm,
    page="accounts/code.html",
    instead=_elsewhere,
    limits=TRIES,
)
def ask_code(pending: PendingSignIn | None, form: CodeForm) -> ResponseReturnValue:
    """Ask for the code that the telephone shows."""
    if pending is None:
        return redirect(url_for("accounts.ask_code", **form.way_back))
    account = account_of(pending)
    note_refusal("wrong_code", account=account.id)
    actions.take_code(account, form.code.data)
    end_pending(pending.id)
    return let_in(account, back=form.back)


@bp.route("/inloggen/herstelcode", methods=["GET", "POST"])
@public(
    load=pending_here,
    form=RecoveryCodeForm,
    page="accounts/recovery_code.html",
    instead=_elsewhere,
    limits=TRIES,
)
def ask_recovery_code(pending: PendingSignIn | None, form: RecoveryCodeForm) -> ResponseReturnValue:
    """Ask for one of the recovery codes instead."""
    if pending is None:
        return redirect(url_for("accounts.ask_code", **form.way_back))
    account = account_of(pending)
    note_refusal("wrong_code", account=account.id)
    left = actions.take_recovery_code(account, form.code.data)
    end_pending(pending.id)
    answer = let_in(account, back=form.back)
    flash(_codes_left(left))
    return answer


def _codes_left(left: int) -> str:
    message: str = _(
        "U gebruikte een herstelcode. U hebt er nog %(left)s. Hebt u een andere telefoon? Stel"
        " die dan in bij uw account, onder Inloggen in twee stappen.",
        left=left,
    )
    return message
