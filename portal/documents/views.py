"""Pictures: logos and those of articles."""

from __future__ import annotations

from flask import Blueprint, Response

from portal.documents.queries import get_picture_key
from portal.documents.serving import send_picture
from portal.web.guard import public

bp = Blueprint("documents", __name__)


@bp.get("/beelden/<path:key>")
@public(load=get_picture_key)
def picture(key: str) -> Response:
    """Return a re-encoded picture."""
    return send_picture(key)
