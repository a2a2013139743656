"""Who follows what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.core.tokens import new_token, token_hash
from portal.following.links import new_code
from portal.following.models import Follow, Follower, FollowRequest
from portal.following.rhythms import Rhythm
from tests.factories.states import add, committed


@committed
def make_follower(
    *what: str,
    rhythm: str = Rhythm.AT_ONCE,
    account: Account | None = None,
    email: str = "lezer@voorbeeld.example",
    locale: str = "nl",
    others: Mapping[str, str] | None = None,
) -> Follower:
    """Return somebody who follows each `what`, everything without one, since a second ago.

    `others` is what they follow in a rhythm of its own. Without an `account` their address is
    confirmed.
    """
    since = clock.now() - timedelta(seconds=1)
    follower = Follower(
        account_id=account.id if account is not None else None,
        email=email if account is None else None,
        email_key=email.lower() if account is None else None,
        locale=locale,
        code=new_code(),
        created_at=since,
    )
    follower.follows = [
        Follow(what=each, rhythm=Rhythm(often), created_at=since)
        for each, often in {**dict.fromkeys(what or ("",), rhythm), **(others or {})}.items()
    ]
    add(follower)
    return follower


@committed
def make_follow_request(
    what: str = "", *, email: str = "nieuw@voorbeeld.example"
) -> tuple[FollowRequest, str]:
    """Return what an address asked to follow, and the token of the link that confirms it."""
    token = new_token()
    request = FollowRequest(
        email=email,
        locale="nl",
        what=what,
        rhythm=Rhythm.WEEKLY,
        token_hash=token_hash(token),
        created_at=clock.now(),
    )
    add(request)
    return request, token
