"""The end of every way in: whoever proved to be an account goes on as that account."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import Account
from portal.accounts.sessions import start_session
from portal.core.log import event
from portal.services import drafts
from portal.web.address import safe_path


def enter(
    account: Account, *, back: str | None = None, draft: str | None = None
) -> ResponseReturnValue:
    """Sign `account` in on this browser, and lead to the page to go on with.

    Every view that lets somebody in ends here, whatever the proof was: a password or a mailed
    link. `back` is the path of the page to return to, `draft` the token of what was typed before.
    """
    drafts.claim(draft, account.id)
    start_session(account)
    event("signed_in", account=account.id)
    return redirect(_landing(account, back or safe_path(drafts.address_of(draft), "")))


def _landing(account: Account, back: str) -> str:
    if not account.is_confirmed:
        return url_for("accounts.unconfirmed", verder=back or None)
    return back or url_for("accounts.overview")
