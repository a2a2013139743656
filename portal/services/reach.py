"""Addresses at which mail does not arrive: nothing goes there until one is confirmed anew.

Only mails with a personal link still go, since those are the way back. What is kept of such an
address is its fingerprint with the portal's key, so nobody reads a list of people here.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from portal.core import clock
from portal.core.db import db
from portal.core.log import event
from portal.core.settings import settings
from portal.services.events import Event, tell
from portal.services.models import UnreachableAddress

# After so long an address may have another reader: it is tried again.
KEEP = timedelta(days=365)
# What mail servers say of an address that is not there (RFC 3463: 5.1.x, and 5.2.1 for one that was
# switched off). What they say of us, as of spam or of relaying, is 5.7.x: it tells nothing of it.
_GONE = re.compile(r"\b5\.(1\.\d+|2\.1)\b")
_OF_US = re.compile(r"\b5\.\d+\.\d+\b")
_PLAINLY_GONE = (550, 551, 553)


@dataclass(frozen=True)
class ReachChanged(Event):
    """Mail does not arrive at an address, or it does again."""

    email: str
    is_reached: bool


def says_gone(code: int, words: str) -> bool:
    """Return whether a mail server's refusal of a recipient says that the address is not there."""
    if _GONE.search(words):
        return True
    return code in _PLAINLY_GONE and not _OF_US.search(words)


def _fingerprint(email: str) -> str:
    key = f"{settings().secret_key} reach".encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()


def mark_unreachable(email: str) -> None:
    """Let no mail go to an address any more, but for one with a personal link."""
    row = UnreachableAddress(fingerprint=_fingerprint(email), since=clock.now())
    db.session.merge(row)
    db.session.flush()
    event("address_unreachable")
    tell(ReachChanged(email, is_reached=False))


def mark_reached(email: str) -> None:
    """Let mail go to an address again: somebody came by a link that was mailed there."""
    mark = UnreachableAddress.fingerprint == _fingerprint(email)
    if db.session.execute(delete(UnreachableAddress).where(mark)).rowcount:  # type: ignore[attr-defined]
        event("address_reached")
        tell(ReachChanged(email, is_reached=True))


def unreachable_among(emails: Iterable[str]) -> set[str]:
    """Return those of some addresses at which mail does not arrive."""
    prints = {_fingerprint(email): email for email in emails}
    query = select(UnreachableAddress.fingerprint).where(
        UnreachableAddress.fingerprint.in_(list(prints))
    )
    return {prints[found] for found in db.session.scalars(query)}


def is_held_back(letter: Mapping[str, Any]) -> bool:
    """Return whether a mail stays, since its address is unreachable and it is no way back."""
    is_way_back = bool(letter.get("words", {}).get("token"))
    return not is_way_back and bool(unreachable_among([letter["to"]]))


def forget_old() -> None:
    """Forget the addresses that were found unreachable long ago."""
    old = UnreachableAddress.since < clock.now() - KEEP
    db.session.execute(delete(UnreachableAddress).where(old))
