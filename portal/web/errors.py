"""Every error becomes a calm page with a request id; nothing leaks."""

from __future__ import annotations

import errno
import logging
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException

from portal.core.db import db
from portal.core.errors import (
    AlreadyDone,
    HiddenByVereniging,
    LinkDead,
    LinkUnknown,
    OrganisationFrozen,
    PortalError,
    StepNotOpen,
    TooMany,
)
from portal.core.log import event, logger
from portal.core.settings import settings
from portal.core.words import limit_words
from portal.services.conflicts import last_step_of
from portal.web.address import safe_path
from portal.web.intended import intended_address
from portal.web.log import note_refusal

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
# What PostgreSQL calls a write where only reading is allowed: after a disk error, or on a standby.
READ_ONLY = "25006"
OWN_PAGES = {403, 404, 405, 408, 409, 410, 413, 422, 429, 500, 503}
NO_ROOM = 507
FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def error_page(status: int, page: str = "", **context: object) -> Response:
    """Return the page of `status`, or the one named `page`.

    A status without a page looks like 422 or 500.
    """
    usual: dict[str, object] = {
        "message": "",
        "meanwhile": None,
        "way_back": None,
        "details": {},
        "retry_after": None,
        "most": _most(),
    }
    whole = {"request_id": g.get("request_id", ""), **usual, **context}
    shown = _shown(status)
    return make_response(_rendered(shown, page or str(shown), whole), status)


def _shown(status: int) -> int:
    if status == NO_ROOM:
        return 503
    return status if status in OWN_PAGES else (500 if status >= 500 else 422)


def _most() -> dict[str, str]:
    """Return the limits that the page of a request that is too large names."""
    file, text = settings().max_file_bytes, current_app.config["MAX_FORM_MEMORY_SIZE"]
    return {"file": limit_words(file), "text": limit_words(text)}


def failsafe_page(status: int, request_id: str, page: str = "") -> str:
    """Return the page of `status`, or the one named `page`, in a frame that needs no database."""
    template = f"errors/{page or _shown(status)}.html"
    frame = "layouts/failsafe.html"
    return render_template(template, layout=frame, request_id=request_id, most=_most())


def _rendered(shown: int, page: str, context: dict[str, object]) -> str:
    """Render in the frame of the site; without it when that fails, and for our own faults."""
    template = f"errors/{page}.html"
    if shown < 500:
        try:
            return render_template(template, layout="layouts/error.html", **context)
        except Exception as second:
            db.session.rollback()
            logger.error("error_frame_failed", exc_info=second)
    return render_template(template, layout="layouts/failsafe.html", **context)


def _on_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    address = intended_address() if error.code == 404 else None
    if address is not None:
        return redirect(address, 301)
    page = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            page.headers[name] = value
    return page


def _on_refusal(error: PortalError) -> ResponseReturnValue:
    db.session.rollback()
    address = intended_address() if isinstance(error, LinkDead | LinkUnknown) else None
    if address is not None:
        return redirect(address, 301)
    _note(error)
    if isinstance(error, AlreadyDone):
        return redirect(error.address, 303)
    if isinstance(error, StepNotOpen):
        way_back = error.address or _came_from()
        return error_page(409, meanwhile=last_step_of(error.item), way_back=way_back)
    waits = error.retry_after if isinstance(error, TooMany) else None
    words = {"message": error.message, "details": error.details, "retry_after": waits}
    page = error_page(error.status, error.page, **words)
    if isinstance(error, TooMany):
        page.headers["Retry-After"] = str(error.retry_after)
    return page


def _note(error: PortalError) -> None:
    """Say in the log what was refused; a conflict between two people is no refusal."""
    if isinstance(error, TooMany):
        note_refusal("too_many", limit=error.name)
    elif isinstance(error, LinkDead):
        note_refusal("link_dead", why=error.why)
    elif isinstance(error, LinkUnknown):
        note_refusal("link_dead", why="unknown")
    elif isinstance(error, HiddenByVereniging):
        note_refusal("hidden")
    elif isinstance(error, OrganisationFrozen):
        note_refusal("frozen")


def _came_from() -> str | None:
    """Return the path of the page on which the form stood; None when the browser does not say."""
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:
        return None
    return (safe_path(page.path, "") or None) if page.netloc == request.host else None


def _on_fault(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    logger.error("request_failed", exc_info=error, extra={"fields": {"kind": type(error).__name__}})
    return _page_or_words(500)


def _on_disk(error: OSError) -> ResponseReturnValue:
    """No room for a file that was sent, or a disk that takes nothing: reading goes on."""
    if error.errno not in FULL_DISK:
        return _on_fault(error)
    db.session.rollback()
    event("disk_refused", level=logging.ERROR, kind=errno.errorcode[error.errno])
    page = _page_or_words(NO_ROOM)
    page.headers["Retry-After"] = "30"
    return page


def _page_or_words(status: int) -> Response:
    """Return the page of an error; plain text when the page itself cannot be rendered."""
    try:
        return error_page(status)
    except Exception as second:
        logger.error("error_page_failed", exc_info=second)
        return make_response(f"{status} {g.get('request_id', '')}\n", status, PLAIN)


def _on_database(error: DBAPIError) -> ResponseReturnValue:
    """The disk is full, read-only, or the database away: reading may go on, writing waits."""
    if isinstance(error, InternalError) and getattr(error.orig, "pgcode", "") != READ_ONLY:
        return _on_fault(error)
    db.session.rollback()
    # The first line says what is wrong; what follows may hold values.
    reason = str(error.orig).partition("\n")[0][:200]
    event("database_refused", level=logging.ERROR, kind=type(error.orig).__name__, said=reason)
    page = _page_or_words(503)
    page.headers["Retry-After"] = "30"
    return page


def init_app(app: Flask) -> None:
    """Bind the pages of errors to the app."""
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(PortalError, _on_refusal)
    app.register_error_handler(OperationalError, _on_database)
    app.register_error_handler(InternalError, _on_database)
    app.register_error_handler(OSError, _on_disk)
    app.register_error_handler(Exception, _on_fault)
