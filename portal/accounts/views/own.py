"""One's own account: the overview, and changing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.actions.links import CHANGE
from portal.accounts.forms import (
    ChangeEmailForm,
    ChangePasswordForm,
    ProvingForm,
    RenameForm,
    TypedTextForm,
)
from portal.accounts.models import Account, AccountToken
from portal.accounts.queries import get_token
from portal.accounts.queries.role_log import role_log_of
from portal.accounts.queries.second_factor import find_factor
from portal.accounts.sessions import signed_in_viewer, start_session
from portal.accounts.staff_roles import STAFF_ROLE_WORDS
from portal.accounts.views.blueprint import bp, own_account
from portal.accounts.views.tries import OWN_PASSWORD, note_wrong_password
from portal.accounts.views.way_in import remember_browser
from portal.config import Demand
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.mail_addresses import shown_mail_address
from portal.core.settings import settings
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.services import drafts
from portal.web.address import here
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.limiting import Limit, Moment, by_account
from portal.web.person import viewer


def mailed_token(token: str) -> AccountToken:
    """Return the link that confirms a new address."""
    return get_token(token, CHANGE)


@bp.get("/account")
@requires(Permission.ACCOUNT_EDIT, load=own_account)
def overview(account: Account) -> ResponseReturnValue:
    """The overview of one's own account."""
    return render_template(
        "accounts/overview.html",
        account=account,
        factor=find_factor(account.id),
        role_log=role_log_of(account.id, account.email_key),
        invitation_words=STAFF_ROLE_WORDS,
        offers_second_factor=settings().second_factor is not Demand.OFF,
    )


@bp.route("/account/naam", methods=["GET", "POST"])
@requires(
    step_of("account", "renamed"), load=own_account, form=RenameForm, page="accounts/rename.html"
)
def rename(account: Account, form: RenameForm) -> ResponseReturnValue:
    """Change one's name."""
    actions.rename(account, name=form.name.data, by=viewer())
    flash(_("Uw naam is gewijzigd."), "ok")
    return redirect(url_for("accounts.overview"))


def prove_own(account: Account, form: ProvingForm) -> None:
    """Look whether the current password was typed."""
    proof = actions.prove_own(account, form.current_password.data)
    if proof is None:
        note_wrong_password(account.email)
        form.refuse("current_password", _("Dit is niet uw huidige wachtwoord."))
        return
    form.proof = proof


@bp.route("/account/e-mail", methods=["GET", "POST"])
@requires(
    step_of("account", "email_asked"),
    load=own_account,
    form=ChangeEmailForm,
    page="accounts/change_email.html",
    work=prove_own,
    limits=(OWN_PASSWORD, Limit("confirm_account", by_account, Moment.PROVEN)),
)
def change_email(account: Account, form: ChangeEmailForm) -> ResponseReturnValue:
    """Ask for another e-mail address."""
    email = form.new_email.data
    actions.ask_new_email(account, email=email, by=viewer())
    message = _(
        "Wij hebben een mail gestuurd naar %(email)s. Open de link in die mail. Tot dan blijft"
        " uw oude adres gelden.",
        email=shown_mail_address(email),
    )
    flash(message)
    return redirect(url_for("accounts.overview"))


def _whose(token: AccountToken, _form: ButtonForm) -> dict[str, object]:
    """Return whether the viewer is signed in as the account that is to have the address."""
    return {"here": here(), "is_own": viewer().id == token.account_id}


@bp.route("/nieuw-e-mailadres/<token>", methods=["GET", "POST"])
@public(
    load=mailed_token,
    form=ButtonForm,
    page="accounts/take_email.html",
    context=_whose,
    limits=("link_address",),
)
def take_email(token: AccountToken, form: ButtonForm) -> ResponseReturnValue:
    """Confirm a new address with a button; another viewer reads who must sign in (403)."""
    values = _whose(token, form)
    if not values["is_own"]:
        return render_template("accounts/take_email.html", token=token, form=form, **values), 403
    account = actions.take_email(token, by=viewer())
    event("email_changed", account=account.id)
    flash(_("Uw e-mailadres is gewijzigd."), "ok")
    return redirect(url_for("accounts.overview"))


@bp.route("/account/wachtwoord", methods=["GET", "POST"])
@requires(
    step_of("account", "password_changed"),
    load=own_account,
    form=ChangePasswordForm,
    page="accounts/change_password.html",
    work=prove_own,
    limits=(OWN_PASSWORD,),
)
def change_password(account: Account, form: ChangePasswordForm) -> ResponseReturnValue:
    """Change one's password; this browser stays signed in, with a new session."""
    actions.change_password(account, password=form.sealed, proof=form.proof, by=viewer())
    start_session(account)
    remember_browser(account)
    event("password_changed", account=account.id)
    flash(_("Uw wachtwoord is gewijzigd. Op andere apparaten bent u uitgelogd."), "ok")
    return redirect(form.back or url_for("accounts.overview"))


@bp.post("/account/getypte-tekst")
@requires(Permission.ACCOUNT_EDIT, form=TypedTextForm)
def drop_text(form: TypedTextForm) -> ResponseReturnValue:
    """Throw away what was typed at an address and not sent."""
    address = form.back or url_for("accounts.overview")
    drafts.drop(signed_in_viewer().id, address)
    return redirect(address)


@bp.post("/account/getypte-tekst/terug")
@requires(Permission.ACCOUNT_EDIT, form=TypedTextForm)
def put_text_back(form: TypedTextForm) -> ResponseReturnValue:
    """Put text back that was thrown away."""
    address = form.back or url_for("accounts.overview")
    drafts.put_back(signed_in_viewer().id, address)
    return redirect(address)
