"""Whom a reader in trouble can mail, also while the database is away."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import roll_back
from portal.core.i18n import current_locale
from portal.services.vereniging import current_vereniging

_KEY = "portal_contact"


def remember(email: str) -> None:
    """Keep the address that a page has just read, for a page that can read nothing."""
    current_app.extensions[_KEY] = email


def known_contact() -> str:
    """Return the address that was read last in this process; "" when none was, or none is set."""
    email: str = current_app.extensions.get(_KEY, "")
    return email


def read_ahead() -> None:
    """Read the address before there is any reader; a database that is away is no reason to stop."""
    try:
        remember(current_vereniging(current_locale()).email)
    except SQLAlchemyError:
        roll_back()
