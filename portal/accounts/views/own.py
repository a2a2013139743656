"""One's own account: what is mine, and changing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.actions.links import CHANGE
from portal.accounts.forms import ChangeEmailForm, ChangePasswordForm, RenameForm
from portal.accounts.models import Account, AccountToken
from portal.accounts.queries import get_token
from portal.accounts.sessions import start_session
from portal.accounts.views.blueprint import bp, own_account
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.policy import Permission
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer


def mailed_token(token: str) -> AccountToken:
    """Return the link that confirms a new address."""
    return get_token(token, CHANGE)


@bp.get("/account")
@requires(Permission.ACCOUNT_EDIT, load=own_account)
def overview(account: Account) -> ResponseReturnValue:
    """What is mine."""
    return render_template("accounts/overview.html", account=account)


@bp.route("/account/naam", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_EDIT, load=own_account, form=RenameForm)
def rename(account: Account, form: RenameForm) -> ResponseReturnValue:
    """Change one's name."""
    if not form.is_accepted:
        return render_template("accounts/rename.html", form=form), form.status
    actions.rename(account, name=form.name.data, by=viewer())
    flash(_("Uw naam is gewijzigd."), "ok")
    return redirect(url_for("accounts.overview"))


@bp.route("/account/e-mail", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_CONFIRM, load=own_account, form=ChangeEmailForm)
def change_email(account: Account, form: ChangeEmailForm) -> ResponseReturnValue:
    """Ask for another e-mail address."""
    if not form.is_accepted:
        return (
            render_template("accounts/change_email.html", account=account, form=form),
            form.status,
        )
    actions.ask_new_email(account, email=form.new_email.data, by=viewer())
    flash(
        _(
            "Wij hebben een mail gestuurd naar %(email)s. Open de link in die mail. Tot dan blijft"
            " uw oude adres gelden.",
            email=form.new_email.data,
        )
    )
    return redirect(url_for("accounts.overview"))


@bp.route("/nieuw-e-mailadres/<token>", methods=["GET", "POST"])
@public(load=mailed_token, form=ButtonForm, limits=("link_address",))
def take_email(token: AccountToken, form: ButtonForm) -> ResponseReturnValue:
    """Confirm a new address with a button."""
    if not form.is_accepted:
        return render_template("accounts/take_email.html", token=token, form=form), form.status
    account = actions.take_email(token)
    event("email_changed", account=account.id)
    flash(_("Uw e-mailadres is gewijzigd."), "ok")
    return redirect(url_for("accounts.overview"))


@bp.route("/account/wachtwoord", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_EDIT, load=own_account, form=ChangePasswordForm)
def change_password(account: Account, form: ChangePasswordForm) -> ResponseReturnValue:
    """Change one's password; whoever does stays, on a fresh session."""
    if not form.is_accepted:
        return (
            render_template("accounts/change_password.html", account=account, form=form),
            form.status,
        )
    actions.change_password(account, password=form.sealed, proven=form.proven, by=viewer())
    start_session(account)
    event("password_changed", account=account.id)
    flash(_("Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd."), "ok")
    return redirect(url_for("accounts.overview"))
