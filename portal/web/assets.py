"""The built files: served with their hash for ever, compressed beforehand; and the icon."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_file
from werkzeug.security import safe_join

from portal.web.guard import public

bp = Blueprint("assets", __name__)

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
LONGEST_NAME = 200
A_DAY = 24 * 3600
FOREVER = "public, max-age=31536000, immutable"


@bp.get("/static/dist/<path:name>")
@public()
def built(name: str) -> Response:
    """Return a built file, in the smallest form that the client takes."""
    path = _path_of(name)
    if path is None:
        abort(404)
    response = _smallest(path, mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    return response


@bp.get("/favicon.ico")
@public()
def favicon() -> Response:
    """The icon of the site, for programs that look for it here without reading a page."""
    address = str(current_app.jinja_env.globals["asset"]("img/favicon.png"))  # type: ignore[operator]
    path = _path_of(address.removeprefix("/static/dist/"))
    if path is None:
        abort(404)
    return send_file(path, mimetype="image/png", max_age=A_DAY)


def _path_of(name: str) -> str | None:
    """Return where a built file stands, None when there is none of that name."""
    root = Path(current_app.root_path).parent / "static" / "dist"
    path = safe_join(str(root), name)
    # A name that is too long for the disk would raise an error there, so it is refused here.
    if path is None or len(name) > LONGEST_NAME or name.endswith((".br", ".gz")):
        return None
    return path if Path(path).is_file() else None


def _smallest(path: str, media_type: str) -> Response:
    accepted = request.headers.get("Accept-Encoding", "")
    for encoding, suffix in ENCODINGS:
        if encoding in accepted and Path(path + suffix).is_file():
            response = send_file(path + suffix, mimetype=media_type, conditional=False)
            response.headers["Content-Encoding"] = encoding
            # A packed form is sent as a whole or not at all, never in parts.
            response.make_conditional(request)
            return response
    return send_file(path, mimetype=media_type)
