"""Browsers from which somebody signed in before: known by a mark of their own."""

from __future__ import annotations

from portal.accounts.queries import is_known_browser
from portal.core.tokens import token_hash
from portal.web.browser import Mark, find_mark


def known_mark(email: str) -> str | None:
    """Return the hash of this browser's mark if it signed in to the account with this address.

    None from any other browser, and where no account has this address.
    """
    mark = find_mark(Mark.KNOWN)
    if mark is None:
        return None
    hashed = token_hash(mark)
    return hashed if is_known_browser(hashed, email) else None
