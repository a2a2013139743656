"""Jobs of accounts: the link for a new password."""

from __future__ import annotations

from portal.accounts import actions
from portal.core.db import write_section
from portal.services.jobs import does


@does("account_reset")
def send_reset(payload: dict[str, str]) -> None:
    """Mail the link, if the address has an account; run twice, only the newest link works."""
    with write_section():
        actions.mail_reset(email=payload["email"], back=payload["back"])
