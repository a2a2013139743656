"""Registering, confirming, signing in and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import UnprocessableEntity

from portal.accounts import actions
from portal.accounts.actions.links import CONFIRM
from portal.accounts.actions.sessions import end_session
from portal.accounts.forms import RegisterForm, ResendForm, ReturningForm, SignInForm
from portal.accounts.models import Account, AccountToken
from portal.accounts.queries import get_account, get_token
from portal.accounts.sessions import leave, signed_in_viewer, start_session
from portal.accounts.views.blueprint import bp
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.policy import Permission
from portal.services import drafts
from portal.web.address import safe_path, sign_in_address
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.person import viewer

MAILED_TO = "mailed_to"


def mailed_token(token: str) -> AccountToken:
    """Return the link that confirms an address."""
    return get_token(token, CONFIRM)


@bp.route("/registreren", methods=["GET", "POST"])
@public(form=RegisterForm)
def register(form: RegisterForm) -> ResponseReturnValue:
    """Make an account."""
    if not form.is_accepted:
        if viewer().is_authenticated:
            return redirect(form.back or url_for("accounts.overview"))
        return render_template("accounts/register.html", form=form), form.status
    actions.register(
        name=form.name.data,
        email=form.email.data,
        password=form.sealed,
        locale=current_locale(),
        back=form.back,
        draft=form.concept.data,
        sign_in_at=form.sign_in_at,
        may_tell=form.may_tell,
    )
    session[MAILED_TO] = form.email.data
    return redirect(url_for("accounts.registered", **form.way_back))


@bp.get("/registreren/mail")
@public()
def registered() -> ResponseReturnValue:
    """Say that there is mail; the same for everybody."""
    return render_template(
        "accounts/registered.html",
        mailed_to=session.get(MAILED_TO),
        way_back=ReturningForm.open().way_back,
    )


@bp.route("/bevestigen/<token>", methods=["GET", "POST"])
@public(load=mailed_token, form=ButtonForm, limits=("link_address",))
def confirm(token: AccountToken, form: ButtonForm) -> ResponseReturnValue:
    """Confirm an address with a button: mail scanners follow links, too."""
    if not form.is_accepted:
        return render_template("accounts/confirm.html", token=token, form=form), form.status
    is_own = viewer().id == token.account_id
    account = actions.confirm(token, but=signed_in_viewer().session_id if is_own else None)
    event("account_confirmed", account=account.id)
    flash(_("Uw e-mailadres is bevestigd."), "ok")
    back = safe_path(token.address, url_for("accounts.overview"))
    return redirect(back if is_own else sign_in_address(back))


@bp.route("/bevestigen", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_CONFIRM, form=ResendForm, limits=("confirm_account",))
def unconfirmed(form: ResendForm) -> ResponseReturnValue:
    """Ask for the confirmation mail once more."""
    if viewer().is_confirmed:
        return redirect(form.back or url_for("accounts.overview"))
    if not form.is_accepted:
        return render_template("accounts/unconfirmed.html", form=form), form.status
    actions.ask_confirmation(get_account(signed_in_viewer().id), back=form.back)
    flash(_("Wij hebben u een nieuwe mail gestuurd."), "ok")
    return redirect(url_for("accounts.unconfirmed", verder=form.back))


@bp.route("/inloggen", methods=["GET", "POST"])
@public(form=SignInForm)
def sign_in(form: SignInForm) -> ResponseReturnValue:
    """Enter, and land where the reader was."""
    if not form.is_accepted:
        if viewer().is_authenticated:
            return redirect(form.back or url_for("accounts.overview"))
        return render_template("accounts/sign_in.html", form=form), form.status
    account = actions.sign_in(form.account_id, proven=form.proven, renewed=form.renewed)
    drafts.claim(form.concept.data, account.id)
    start_session(account)
    event("signed_in", account=account.id)
    return redirect(_landing(account, form))


def _landing(account: Account, form: SignInForm) -> str:
    back = form.back or safe_path(drafts.address_of(form.concept.data), "")
    if not account.is_confirmed:
        return url_for("accounts.unconfirmed", verder=back or None)
    return back or url_for("accounts.overview")


@bp.post("/uitloggen")
@public(form=ButtonForm)
def sign_out(form: ButtonForm) -> ResponseReturnValue:
    """Leave: the session is over on the server, too."""
    person = viewer()
    if person.is_authenticated:
        if not form.is_accepted:
            raise UnprocessableEntity
        end_session(signed_in_viewer().session_id)
    leave()
    flash(_("U bent uitgelogd."), "ok")
    return redirect(url_for("accounts.sign_in"))
