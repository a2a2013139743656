"""Taking away the second factor of somebody who lost it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.forms import ResetFactorForm
from portal.accounts.models import Account
from portal.accounts.queries import get_account
from portal.accounts.queries.second_factor import find_factor
from portal.accounts.views.blueprint import bp
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.lifecycle import step_of
from portal.web.guard import requires
from portal.web.person import viewer


def _standing(account: Account, _form: ResetFactorForm) -> dict[str, object]:
    return {"factor": find_factor(account.id), "must_have": actions.must_have_factor(account)}


@bp.route("/beheer/rollen/<int:account_id>/twee-stappen", methods=["GET", "POST"])
@requires(
    step_of("account", "second_factor_reset"),
    load=get_account,
    form=ResetFactorForm,
    page="accounts/reset_factor.html",
    context=_standing,
)
def reset_factor(account: Account, form: ResetFactorForm) -> ResponseReturnValue:
    """Let somebody who lost the telephone in with the password alone, to set up another."""
    actions.reset_factor(account, by=viewer(), reason=form.reason.data)
    event("second_factor_reset", account=account.id, by=viewer().id)
    flash(_("De tweede stap van %(name)s is verwijderd.", name=account.name), "ok")
    return redirect(url_for("accounts.roles"))
