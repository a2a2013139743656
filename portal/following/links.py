"""The links in mails to those who follow: sealed, so that no row tells them."""

from __future__ import annotations

import json
import secrets
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from typing import NamedTuple

from portal.core import clock
from portal.core.sealing import SealBroken, seal, unseal

OF_FOLLOWER, OF_STOPPED = "following", "stopped following"
# How long the page on which somebody stopped can take it back: the portal keeps nothing of it.
TAKE_BACK = timedelta(days=7)


class Stopped(NamedTuple):
    """What somebody follows no longer, as only the link to take that back holds it."""

    account_id: int | None
    email: str | None
    locale: str
    code: str
    # What each was, how often mail came, and since when it was followed.
    follows: list[tuple[str, str, str]]
    at: str


def new_code() -> str:
    """Return by what the links of a new follower name it."""
    return secrets.token_urlsafe(12)


def token_of(code: str) -> str:
    """Return the secret of a link to what a follower follows; each time another one."""
    return seal(code, purpose=OF_FOLLOWER, owner=0)


def code_in(token: str) -> str | None:
    """Return the code in the secret of a link, None when we did not make it."""
    try:
        return unseal(token, purpose=OF_FOLLOWER, owner=0).text
    except SealBroken:
        return None


def seal_stopped(stopped: Stopped) -> str:
    """Return the secret of the link that takes it back."""
    packed = zlib.compress(json.dumps(stopped).encode(), 9)
    return seal(urlsafe_b64encode(packed).decode(), purpose=OF_STOPPED, owner=0)


def read_stopped(token: str) -> Stopped | None:
    """Return what was stopped, None when we did not make the link or it is too old."""
    try:
        packed = unseal(token, purpose=OF_STOPPED, owner=0).text
    except SealBroken:
        return None
    stopped = Stopped(*json.loads(zlib.decompress(urlsafe_b64decode(packed))))
    is_old = datetime.fromisoformat(stopped.at) + TAKE_BACK < clock.now()
    return None if is_old else stopped
