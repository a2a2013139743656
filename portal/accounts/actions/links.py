"""Links in mails: made, used once, and dead when a newer one or a new secret takes over."""

from __future__ import annotations

from sqlalchemy import update

from portal.accounts.models import Account, AccountToken
from portal.accounts.queries import TokenDead
from portal.core import clock
from portal.core.db import db, lock_row
from portal.core.settings import settings
from portal.core.tokens import new_token, token_hash
from portal.services.reach import mark_reached

CONFIRM = "confirm"
RESET = "reset"
CHANGE = "change"


def make_link(
    account: Account,
    purpose: str,
    *,
    email: str | None = None,
    back: str | None = None,
    mark_hash: str | None = None,
) -> str:
    """Return the token of a new link; the older ones for the same purpose are dead from now on.

    `mark_hash` is that of the mark of a browser in which the password of the account was typed.
    """
    kill_links(account, purpose)
    lifetimes = settings()
    lifetime = lifetimes.reset_lifetime if purpose == RESET else lifetimes.confirm_lifetime
    token = new_token()
    db.session.add(
        AccountToken(
            account_id=account.id,
            purpose=purpose,
            token_hash=token_hash(token),
            email=email or account.email,
            address=back,
            mark_hash=mark_hash,
            created_at=clock.now(),
            expires_at=clock.now() + lifetime,
        )
    )
    db.session.flush()
    return token


def use_link(token: AccountToken) -> Account:
    """Return the account of a link, and mark it as used; TokenDead when it was used just now."""
    lock_row(token)
    if token.used_at is not None:
        raise TokenDead("used", token.purpose)
    token.used_at = clock.now()
    # Mail arrives where the link was read.
    mark_reached(token.email)
    return token.account


def kill_links(account: Account, purpose: str | None = None) -> None:
    """Let no link that was mailed before work any more: all, or those for one purpose."""
    dead = update(AccountToken).where(
        AccountToken.account_id == account.id, AccountToken.used_at.is_(None)
    )
    if purpose is not None:
        dead = dead.where(AccountToken.purpose == purpose)
    db.session.execute(dead.values(used_at=clock.now()))
