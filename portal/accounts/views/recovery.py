"""A new password for a person who forgot the old one."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions
from portal.accounts.actions.links import RESET
from portal.accounts.addresses import address_key
from portal.accounts.browsers import known_mark
from portal.accounts.forms import ForgottenForm, ResetForm
from portal.accounts.models import AccountToken
from portal.accounts.queries import get_token
from portal.accounts.views.blueprint import bp
from portal.accounts.views.entry import MAILED_TO
from portal.accounts.views.way_in import enter, remember_browser
from portal.core.i18n import gettext as _
from portal.core.log import event
from portal.core.settings import settings
from portal.web.address import safe_path
from portal.web.guard import public
from portal.web.limiting import Limit, Moment, by_client
from portal.web.person import viewer


def mailed_token(token: str) -> AccountToken:
    """Return the link that is good for a new password."""
    return get_token(token, RESET)


def _by_address(form: ForgottenForm) -> str:
    """Count by the address, apart where a browser asks that signed in to its account before."""
    return f"{known_mark(form.email.data) or ''} {address_key(form.email.data)}"


@bp.route("/wachtwoord-vergeten", methods=["GET", "POST"])
@public(
    form=ForgottenForm,
    page="accounts/forgotten.html",
    limits=(
        Limit("reset_address", by_client, Moment.HOLDS),
        Limit("reset_account", _by_address, Moment.HOLDS, is_quiet=True),
    ),
)
def forgotten(form: ForgottenForm) -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether the address is known or not."""
    if "reset_account" not in form.used_up:
        actions.ask_reset(email=form.email.data, back=form.sign_in_at)
    session[MAILED_TO] = form.email.data
    return redirect(url_for("accounts.reset_mailed"))


@bp.get("/wachtwoord-vergeten/mail")
@public()
def reset_mailed() -> ResponseReturnValue:
    """Say that there may be mail; the same for everybody."""
    return render_template(
        "accounts/reset_mailed.html",
        mailed_to=session.get(MAILED_TO),
        minutes=settings().reset_minutes,
    )


@bp.route("/nieuw-wachtwoord/<token>", methods=["GET", "POST"])
@public(load=mailed_token, form=ResetForm, page="accounts/reset.html", limits=("link_address",))
def reset(token: AccountToken, form: ResetForm) -> ResponseReturnValue:
    """Choose a new password: every session ends, and this browser is signed in."""
    account = actions.reset_password(token, password=form.sealed)
    # The mail about the new password tells of it: one about the browser would add nothing.
    remember_browser(account)
    event("password_reset", account=account.id)
    way_on = parse_qs(urlsplit(token.address or "").query).get("verder", [None])[0]
    entered = enter(account, back=safe_path(way_on, "") or None)
    is_in = viewer().id == account.id
    if is_in:
        flash(_("Uw nieuwe wachtwoord is opgeslagen. U bent ingelogd."), "ok")
    else:
        flash(_("Uw nieuwe wachtwoord is opgeslagen."), "ok")
    return entered
