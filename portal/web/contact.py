"""Whom a reader in trouble can mail, also while the database is away."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from portal.core.db import Bound, roll_back
from portal.core.i18n import current_locale
from portal.services.vereniging import current_vereniging

# The address that was read last in this process.
last_contact: Bound[list[str]] = Bound("last_contact")


def remember(email: str) -> None:
    """Keep the address that a page has just read, for a page that can read nothing."""
    last_contact()[:] = [email]


def known_contact() -> str:
    """Return the address that was read last in this process; "" when none was, or none is set."""
    return "".join(last_contact())


def read_ahead() -> None:
    """Read the address before there is any reader; a database that is away is no reason to stop."""
    try:
        remember(current_vereniging(current_locale()).email)
    except SQLAlchemyError:
        roll_back()
