"""E-mail addresses: how one is read."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def read_mail_address(typed: str) -> str | None:
    """Return the address as mail can go to it, None when it is not one.

    The host's name is written in ASCII, so that look-alike letters show.
    """
    if len(typed) > LONGEST:
        return None
    try:
        found = validate_email(
            typed,
            allow_smtputf8=False,
            strict=True,
            check_deliverability=False,
            test_environment=True,
        )
    except EmailNotValidError:
        return None
    if "." not in found.ascii_domain:
        return None
    return found.ascii_email
