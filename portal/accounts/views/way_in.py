"""The end of every way in: whoever proved to be an account goes on as that account."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.actions.browsers import know_browser, move_mark, use_browser
from portal.accounts.actions.entry import note_entry
from portal.accounts.browsers import known_mark
from portal.accounts.models import Account
from portal.accounts.queries.second_factor import find_factor
from portal.accounts.sessions import start_session, this_device, wait_for_code_here
from portal.core.log import event
from portal.core.settings import settings
from portal.core.tokens import token_hash
from portal.web import typed
from portal.web.browser import Mark, find_mark, give_mark, renew_mark
from portal.web.destinations import Destination, url_to
from portal.web.person import awaits_second_factor


def enter(account: Account, *, back: str | None = None) -> ResponseReturnValue:
    """Sign `account` in on this browser, or ask for the code that it is protected with as well.

    Every view that lets somebody in ends here, whatever the proof was: a password or a mailed
    link. `back` is the path of the page to return to; without one it is the form that was
    interrupted last in this browser. What was typed there is the account's from now on.
    """
    if find_factor(account.id) is None:
        return let_in(account, back=back)
    wait_for_code_here(account)
    return redirect(url_for("accounts.ask_code", verder=back or None))


def let_in(account: Account, *, back: str | None) -> ResponseReturnValue:
    """Sign `account` in, of which everything was proven, and lead to the page to go on with."""
    back = back or typed.interrupted_at() or ""
    start_session(account)
    typed.hand_over(account.id)
    note_entry(account, is_new=remember_browser(account), device=this_device())
    event("signed_in", account=account.id)
    return redirect(_landing(account, back))


def remember_browser(account: Account) -> bool:
    """Know this browser from now on; return whether it was unknown to the account.

    One that was gets a new mark: what somebody else may have left in it, or copied from it, is
    worth nothing. What other accounts know it by moves along.
    """
    lasts = settings().known_browser_lifetime
    if known_mark(account.email) is not None:
        use_browser(account, token_hash(give_mark(Mark.KNOWN, lasts)))
        return False
    before = find_mark(Mark.KNOWN)
    mark = token_hash(renew_mark(Mark.KNOWN, lasts))
    if before is not None:
        move_mark(token_hash(before), mark)
    know_browser(account, mark)
    return True


def _landing(account: Account, back: str) -> str:
    if not account.is_confirmed:
        return url_for("accounts.unconfirmed", verder=back or None)
    if awaits_second_factor():
        return url_for("accounts.set_factor", verder=back or None)
    return back or url_to(Destination.MY_WORK)
