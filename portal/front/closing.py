"""A web process keeps everybody out while the schema of the database is changed, or does not fit.

It looks every second, so a request pays nothing for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

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

    @contextmanager
    def passing(self, path: str) -> Iterator[bool]:
        """Give whether a request for this path may go in; while it is in, nobody upgrades."""
        if path in ALWAYS or path.startswith(BUILT):
            yield True
            return
        # Counted first: whoever closes looks at the count afterwards.
        self.inside += 1
        try:
            yield not self.is_closed
        finally:
            self.inside -= 1

    def close(self) -> None:
        """Let nobody in any more; return when the last one is out."""
        self.is_closed = True
        while self.inside:
            time.sleep(DRAIN_SECONDS)

    def open(self) -> None:
        """Let everybody in again."""
        self.is_closed = False


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
