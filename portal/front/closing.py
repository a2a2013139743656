"""A web process keeps everybody out while the schema of the database is changed, or does not fit.

It looks every second, so a request pays nothing for it.
"""

from __future__ import annotations

import threading
import time

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from portal.core.gate import PAUSE_SECONDS, Presence, Standing
from portal.web.https import HEALTH

DRAIN_SECONDS = 0.02
# What needs no row of the database: whether the portal is well, and what its pages look like.
ALWAYS = HEALTH
BUILT = "/static/dist/"


class Closing:
    """Whether requests are answered, and how many are being answered now."""

    def __init__(self) -> None:
        self.is_closed = False
        self.inside = 0

    def passing(self, path: str) -> Passing:
        """Return what a request for this path passes through, and whether it may go in."""
        return Passing(self, needs_room=path not in ALWAYS and not path.startswith(BUILT))

    def close(self) -> None:
        """Let nobody in any more; return when the last one is out."""
        self.is_closed = True
        while self.inside:
            time.sleep(DRAIN_SECONDS)

    def open(self) -> None:
        """Let everybody in again."""
        self.is_closed = False


class Passing:
    """A request on its way: while it is in, nobody upgrades."""

    __slots__ = ("_closing", "_counted")

    def __init__(self, closing: Closing, *, needs_room: bool) -> None:
        self._closing, self._counted = closing, int(needs_room)

    def __enter__(self) -> bool:
        # Counted first: whoever closes looks at the count afterwards.
        self._closing.inside += self._counted
        return not (self._counted and self._closing.is_closed)

    def __exit__(self, *_fault: object) -> None:
        self._closing.inside -= self._counted


def watch(flask: Flask, closing: Closing) -> None:
    """Close and open from now on as the gate before the database says; look once before that."""
    with flask.app_context():
        presence = Presence()
        _look(presence, closing)

    def go_on() -> None:
        with flask.app_context():
            while True:
                time.sleep(PAUSE_SECONDS)
                _look(presence, closing)

    threading.Thread(target=go_on, name="gate", daemon=True).start()


def _look(presence: Presence, closing: Closing) -> None:
    try:
        standing = presence.look()
    except SQLAlchemyError:
        # A database that is away says itself what it refuses.
        return
    if standing is Standing.OPEN:
        closing.open()
    else:
        closing.close()
        presence.leave()
    presence.tell(standing)
