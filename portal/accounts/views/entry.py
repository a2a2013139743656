"""Registering, confirming, signing in and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.actions.links import CONFIRM
from portal.accounts.actions.sessions import end_session
from portal.accounts.forms import ConfirmForm, RegisterForm, ResendForm, ReturningForm, SignInForm
from portal.accounts.models import Account, AccountToken
from portal.accounts.queries import get_account, get_token
from portal.accounts.sessions import signed_in_viewer
from portal.accounts.views.blueprint import bp, by_address
from portal.accounts.views.tries import SIGN_IN, note_wrong_password
from portal.accounts.views.way_in import enter
from portal.core.i18n import current_locale
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.policy import Permission
from portal.web import typed
from portal.web.address import safe_path
from portal.web.browser import Mark, give_mark, take_mark
from portal.web.destinations import Destination, url_to
from portal.web.forms import ButtonForm
from portal.web.guard import public, requires
from portal.web.limiting import Limit, Moment, by_client
from portal.web.person import forget_viewer, viewer

MAILED_TO = "mailed_to"


def mailed_token(token: str) -> AccountToken:
    """Return the link that confirms an address."""
    return get_token(token, CONFIRM)


def _already_in(form: ReturningForm) -> ResponseReturnValue | None:
    """Lead a viewer who is signed in already to the page to return to."""
    if viewer().is_authenticated:
        return redirect(form.back or url_to(Destination.MY_WORK))
    return None


@bp.route("/registreren", methods=["GET", "POST"])
@public(
    form=RegisterForm,
    page="accounts/register.html",
    instead=_already_in,
    limits=(
        Limit("register_address", by_client, Moment.HOLDS),
        Limit("known_account", by_address, Moment.HOLDS, is_quiet=True),
    ),
)
def register(form: RegisterForm) -> ResponseReturnValue:
    """Make an account; a reader who was invited goes on at once, with the mail as proof."""
    account = _made_for_invited(form)
    if account is not None:
        return enter(account, back=form.back)
    _register(form)
    session[MAILED_TO] = form.email.data
    return redirect(url_for("accounts.registered", **form.way_back))


def _register(form: RegisterForm) -> None:
    actions.register(
        name=form.name.data,
        email=form.email.data,
        password=form.sealed,
        locale=current_locale(),
        back=form.back,
        browser=typed.browser(),
        mark_hash=_mark_this_browser(),
        sign_in_at=form.sign_in_at,
        may_tell="known_account" not in form.used_up,
    )


def _made_for_invited(form: RegisterForm) -> Account | None:
    """Return the new account of a reader who was invited, None for anybody else."""
    if form.invited is None:
        return None
    account = actions.register_invited(
        name=form.name.data,
        email=form.email.data,
        password=form.sealed,
        locale=current_locale(),
    )
    if account is not None:
        event("account_confirmed", account=account.id)
    return account


@bp.get("/registreren/mail")
@public()
def registered() -> ResponseReturnValue:
    """Say that there is mail; the same for everybody."""
    return render_template(
        "accounts/registered.html",
        mailed_to=session.get(MAILED_TO),
        way_back=ReturningForm.open().way_back,
    )


def _mark_this_browser() -> str:
    """Return the hash of the mark with which this browser confirms without a password."""
    return token_hash(give_mark(Mark.REGISTERED, settings().confirm_lifetime))


def _prove_known(token: AccountToken, form: ConfirmForm) -> None:
    """Look whether the password is that of the account, where it was asked for."""
    if form.is_known and not actions.prove_own(token.account, form.current_password.data):
        note_wrong_password(token.account.email)
        form.refuse("current_password", _("Dit is niet het wachtwoord van dit account."))


@bp.route("/bevestigen/<token>", methods=["GET", "POST"])
@public(
    load=mailed_token,
    form=ConfirmForm,
    page="accounts/confirm.html",
    work=_prove_known,
    limits=("link_address",),
)
def confirm(token: AccountToken, form: ConfirmForm) -> ResponseReturnValue:
    """Confirm an address with a button, for mail scanners follow links, and sign in."""
    account = actions.confirm(token, password=form.sealed if form.is_new else None)
    event("account_confirmed", account=account.id)
    take_mark(Mark.REGISTERED)
    answer = enter(account, back=safe_path(token.address, ""))
    flash(_("Uw e-mailadres is bevestigd."), "ok")
    return answer


def _already_confirmed(form: ResendForm) -> ResponseReturnValue | None:
    if viewer().is_confirmed:
        return redirect(form.back or url_to(Destination.MY_WORK))
    return None


@bp.route("/bevestigen", methods=["GET", "POST"])
@requires(
    Permission.ACCOUNT_CONFIRM,
    form=ResendForm,
    page="accounts/unconfirmed.html",
    instead=_already_confirmed,
    limits=("confirm_account",),
)
def unconfirmed(form: ResendForm) -> ResponseReturnValue:
    """Ask for the confirmation mail once more."""
    elsewhere = _already_confirmed(form)
    if elsewhere is not None:
        return elsewhere
    actions.ask_confirmation(
        get_account(signed_in_viewer().id), back=form.back, mark_hash=_mark_this_browser()
    )
    flash(_("Wij hebben u een nieuwe mail gestuurd."), "ok")
    return redirect(url_for("accounts.unconfirmed", verder=form.back))


def _prove(form: SignInForm) -> None:
    """Look whether address and password belong together."""
    proof = actions.prove(form.typed_address, form.password.data)
    if proof is None:
        note_wrong_password(form.typed_address)
        form.refuse("", _("Het e-mailadres of het wachtwoord klopt niet."))
        return
    form.proof = proof


@bp.route("/inloggen", methods=["GET", "POST"])
@public(
    form=SignInForm,
    page="accounts/sign_in.html",
    instead=_already_in,
    work=_prove,
    limits=SIGN_IN,
)
def sign_in(form: SignInForm) -> ResponseReturnValue:
    """Sign in, and go to the page to return to."""
    return enter(actions.sign_in(form.proof), back=form.back)


def _already_out(_form: ButtonForm) -> ResponseReturnValue | None:
    """Sign out a visitor too, who has no session and so no key for the form."""
    return None if viewer().is_authenticated else _out()


def _out() -> ResponseReturnValue:
    forget_viewer()
    flash(_("U bent uitgelogd."), "ok")
    return redirect(url_for("accounts.sign_in"))


@bp.post("/uitloggen")
@public(form=ButtonForm, instead=_already_out)
def sign_out(_form: ButtonForm) -> ResponseReturnValue:
    """Sign out: the session ends on the server, too."""
    if viewer().is_authenticated:
        end_session(signed_in_viewer().session_id)
    return _out()
