"""The mail that the beheerder sends to see whether mail arrives."""

from __future__ import annotations

from portal.services import mail

TEMPLATE = "admin_test"
# How the key of the job of every test mail begins.
TEST = "test_mail:"


def try_mail(*, to: str, locale: str, once: str) -> None:
    """Send a mail that says nothing but that it arrived; a second one of the same form is none."""
    mail.send(TEMPLATE, to=to, locale=locale, key=f"{TEST}{once}")
