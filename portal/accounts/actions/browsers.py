"""Browsers that an account knows: remembered, used again, forgotten."""

from __future__ import annotations

from sqlalchemy import delete, update

from portal.accounts.models import Account, KnownBrowser
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings


def know_browser(account: Account, mark_hash: str) -> None:
    """Let the account know the browser with this mark from now on."""
    db.session.add(KnownBrowser(account_id=account.id, mark_hash=mark_hash, used_at=clock.now()))


def use_browser(account: Account, mark_hash: str) -> None:
    """Note that somebody came in from a browser that the account knows."""
    db.session.execute(
        update(KnownBrowser)
        .where(KnownBrowser.account_id == account.id, KnownBrowser.mark_hash == mark_hash)
        .values(used_at=clock.now())
    )


def move_mark(before: str, mark_hash: str) -> None:
    """Let every account know a browser by its new mark that knew it by the mark before."""
    db.session.execute(
        update(KnownBrowser).where(KnownBrowser.mark_hash == before).values(mark_hash=mark_hash)
    )


def forget_browsers_of(account_id: int) -> None:
    """Let the account know no browser any more."""
    db.session.execute(delete(KnownBrowser).where(KnownBrowser.account_id == account_id))


def forget_old_browsers() -> None:
    """Forget the browsers from which nobody came in for as long as their mark lasts."""
    oldest = clock.now() - settings().known_browser_lifetime
    db.session.execute(delete(KnownBrowser).where(KnownBrowser.used_at < oldest))
