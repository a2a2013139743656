"""The front of a portal with faults in what is beneath it: asked for by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portal.front import Front
from portal.front import make_front as make_sound_front

Start = Callable[..., Any]


def make_front() -> Front:
    """Return the front as it is served, over an app that fails at `/fout/<which>`."""
    front = make_sound_front()
    sound = front._threads._app

    def app(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        which = environ["PATH_INFO"].rpartition("/fout/")[2]
        if which == "uitzondering":
            raise ZeroDivisionError
        headers = FAULTS.get(which)
        if headers is None:
            return sound(environ, start_response)
        start_response("200 OK", headers)
        return [b"niet te versturen"]

    front._threads._app = app
    return front


FAULTS = {
    "streepje": [("X-Naam", "Plan van aanpak \u2013 versie 1")],
    "regel": [("X-Naam", "plan\nSet-Cookie: a=b")],
    "naam": [("X Naam", "plan")],
}
