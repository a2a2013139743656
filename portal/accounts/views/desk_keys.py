"""The keys of the moderators' desk: what they do, and switching them on or off."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.forms import DeskKeysForm
from portal.accounts.models import Account
from portal.accounts.views.blueprint import bp, own_account
from portal.core.i18n import gettext as _
from portal.policy import Permission
from portal.web.guard import requires
from portal.web.person import viewer


@bp.route("/account/toetsen", methods=["GET", "POST"])
@requires(
    Permission.ACCOUNT_EDIT, load=own_account, form=DeskKeysForm, page="accounts/desk_keys.html"
)
def desk_keys(account: Account, form: DeskKeysForm) -> ResponseReturnValue:
    """Choose whether single keys work at the desk."""
    is_on = form.has_desk_keys.data
    actions.switch_desk_keys(account, is_on=is_on, by=viewer())
    on, off = _("De toetsen staan aan."), _("De toetsen staan uit.")
    flash(on if is_on else off, "ok")
    return redirect(url_for("accounts.overview"))
