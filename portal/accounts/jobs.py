"""Jobs of accounts: the link for a new password, and clearing away what is old."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts import actions
from portal.accounts.actions.browsers import forget_old_browsers
from portal.core.db import write_section
from portal.services.jobs import does
from portal.services.upkeep import every


@does("account_reset")
def send_reset(payload: dict[str, str]) -> None:
    """Mail the link, if the address has an account; run twice, only the newest link works."""
    with write_section():
        actions.mail_reset(email=payload["email"], back=payload["back"])


@every(timedelta(hours=6))
def sweep_accounts() -> None:
    """Forget browsers that nobody came in from for a long time."""
    with write_section():
        forget_old_browsers()
