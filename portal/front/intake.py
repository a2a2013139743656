"""What the front takes in of a body: as much as the route needs that is asked for, no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask
from werkzeug.exceptions import HTTPException
from wtforms import FileField
from wtforms.fields.core import UnboundField

from portal.config import Settings
from portal.front.gathering import Message, Pace
from portal.front.room import Room
from portal.web.address import network_of
from portal.web.forms import PortalForm

# What stands around the text of a form: names, and the lines between the fields.
AROUND_TEXT = 64 * 1024
# Bodies that are too large, read to their end at the same time.
DRAINS = 20


@dataclass(frozen=True)
class Intake:
    """The bounds of one web process: how large a body may be, how many, how slow."""

    most_of: Callable[[Message], int]
    room: Room
    pace: Pace
    trusted_hops: int = 0

    def client_of(self, scope: Message) -> str:
        """Return whose request it is, as the proxies say that are trusted."""
        address = (scope.get("client") or ("", 0))[0]
        said = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
        chain = said.decode("latin1").split(",")
        if 0 < self.trusted_hops <= len(chain):
            address = chain[-self.trusted_hops].strip()
        return network_of(address)


class Routes:
    """Knows of every address which body its route takes."""

    def __init__(self, flask: Flask, most: int) -> None:
        self._map = flask.url_map.bind("localhost")
        text = flask.config["MAX_FORM_MEMORY_SIZE"] + AROUND_TEXT
        self._most = {
            endpoint: most if _takes_files(cast(Any, view).door.form) else text
            for endpoint, view in flask.view_functions.items()
        }

    def most_of(self, scope: Message) -> int:
        """Return the bytes of the largest body for this request; 0 where no route takes one."""
        path = scope["path"]
        if path == "/en" or path.startswith("/en/"):
            path = path[3:] or "/"
        try:
            endpoint, _values = self._map.match(path, method=scope["method"])
        except HTTPException:
            return 0
        return self._most[endpoint]


def _takes_files(form: type[PortalForm] | None) -> bool:
    fields = [getattr(form, name, None) for name in dir(form)]
    return any(
        isinstance(field, UnboundField) and issubclass(field.field_class, FileField)
        for field in fields
    )


def intake_of(flask: Flask, settings: Settings) -> Intake:
    """Return what one web process takes in: its part of what all together take."""
    most, bounds, processes = settings.max_body_bytes, settings.front, settings.web_processes
    room = Room(
        whole=max(bounds.bodies_bytes // processes, most),
        each=max(bounds.client_bodies_bytes // processes, most),
        drains=DRAINS,
    )
    pace = Pace(bounds.body_seconds, bounds.body_seconds * bounds.body_bytes_second)
    return Intake(Routes(flask, most).most_of, room, pace, settings.trusted_hops)
