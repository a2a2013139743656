"""The end of every way in: whoever proved to be an account goes on as that account."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.accounts.sessions import start_session
from portal.core.log import event
from portal.web import typed


def enter(account: Account, *, back: str | None = None) -> ResponseReturnValue:
    """Sign `account` in on this browser, and lead to the page to go on with.

    Every view that lets somebody in ends here, whatever the proof was: a password or a mailed
    link. `back` is the path of the page to return to; without one it is the form that was
    interrupted last in this browser. What was typed there is the account's from now on.
    """
    back = back or typed.interrupted_at() or ""
    start_session(account)
    typed.hand_over(account.id)
    event("signed_in", account=account.id)
    return redirect(_landing(account, back))


def _landing(account: Account, back: str) -> str:
    if not account.is_confirmed:
        return url_for("accounts.unconfirmed", verder=back or None)
    return back or url_for("accounts.overview")
