"""Where a form comes from: a browser says when another site sent it."""

from __future__ import annotations

from flask import abort, request

from portal.core.settings import settings
from portal.web.log import note_refusal


def refuse_foreign_origin() -> None:
    """Stop a request of which the browser says that a page of another site sent it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        note_refusal("foreign_origin")
        abort(403)
    origin = request.headers.get("Origin")
    if origin is not None and origin.rstrip("/") not in _own_origins():
        note_refusal("foreign_origin")
        abort(403)


def _own_origins() -> tuple[str, str]:
    return settings().public_url, request.host_url.rstrip("/")
