"""The built files: served with their hash for ever, compressed beforehand."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, send_file
from werkzeug.security import safe_join

from portal.web.guard import public

bp = Blueprint("assets", __name__)

ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
LONGEST_NAME = 200
FOREVER = "public, max-age=31536000, immutable"


@bp.get("/static/dist/<path:name>")
@public()
def built(name: str) -> Response:
    """Return a built file, in the smallest form that the client takes."""
    root = Path(current_app.root_path).parent / "static" / "dist"
    found = safe_join(str(root), name)
    # A name that no disk takes is an error of its own, so it is not asked for.
    if found is None or len(name) > LONGEST_NAME or name.endswith((".br", ".gz")):
        abort(404)
    if not Path(found).is_file():
        abort(404)
    accepted = request.headers.get("Accept-Encoding", "")
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    for encoding, suffix in ENCODINGS:
        if encoding in accepted and Path(found + suffix).is_file():
            response = send_file(found + suffix, mimetype=media_type, conditional=False)
            response.headers["Content-Encoding"] = encoding
            break
    else:
        response = send_file(found, mimetype=media_type)
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    return response
