"""A form that was taken and is sent again leads to what it made, whatever has become of that."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, make_response, redirect, request
from werkzeug.exceptions import HTTPException

from portal.core.db import db
from portal.core.errors import PortalError
from portal.services import one_time_keys
from portal.web.forms import CreatingForm, PortalForm
from portal.web.person import viewer


def claim(form: PortalForm) -> None:
    """Let a form with a one-time key count; AlreadyDone when it counted before."""
    if isinstance(form, CreatingForm):
        one_time_keys.claim(form.once.data, request.path, by=viewer())


def lead_to(form: PortalForm, address: str) -> None:
    """Remember where a form with a one-time key led to."""
    if isinstance(form, CreatingForm):
        one_time_keys.lead_to(form.once.data, request.path, to=address)


def find_result(shape: type[PortalForm] | None) -> str | None:
    """Return where the form of this request led to when it was sent before, None otherwise."""
    key = request.form.get("once", "")
    if not key or shape is None or not issubclass(shape, CreatingForm):
        return None
    return one_time_keys.find_result(key, request.path, by=viewer())


def led_back(shape: type[PortalForm] | None, answer: Callable[[], Response]) -> Response:
    """Return the answer to a form, and its first result where that answer would refuse it.

    What was refused the second time was often done by the first: who left is no member any more,
    what was thrown away is gone, and a name that was taken is taken.
    """
    try:
        given = answer()
    except (HTTPException, PortalError):
        db.session.rollback()
        first = find_result(shape)
        if first is None:
            raise
        return make_response(redirect(first, 303))
    first = find_result(shape) if given.status_code >= 400 else None
    return given if first is None else make_response(redirect(first, 303))
