"""The blueprint of accounts, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.local import LocalProxy

from portal.accounts.addresses import address_key
from portal.accounts.forms import RegisterForm, ResendForm
from portal.accounts.models import Account
from portal.accounts.queries import TokenDead, get_account
from portal.core.db import roll_back
from portal.web.log import note_refusal
from portal.web.person import viewer

bp = Blueprint("accounts", __name__)


@bp.errorhandler(TokenDead)
def show_dead_link(dead: TokenDead) -> ResponseReturnValue:
    """Show why a link no longer works, and how to get a new one."""
    roll_back()
    note_refusal("link_dead", why=dead.why, purpose=dead.purpose)
    page = render_template("accounts/dead_link.html", why=dead.why, purpose=dead.purpose)
    # Who opens the link once more has done what was asked: that is no error.
    is_done = dead.purpose == "confirm" and dead.why == "used"
    return page, 200 if is_done else dead.status


@bp.app_context_processor
def lend_resend_form() -> dict[str, object]:
    """Give every template the form of the page that doors show to an unconfirmed account."""
    return {"resend_form": LocalProxy(ResendForm.open)}


def by_address(form: RegisterForm) -> str:
    """Count a limit by the e-mail address that was typed."""
    return address_key(form.email.data)


def own_account() -> Account | None:
    """Return the account of the viewer; None for a visitor, whom the door sends to sign-in."""
    person = viewer()
    return get_account(person.id) if person.id is not None else None
