"""E-mail addresses as people type them, read into the form to which mail can go."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def read_mail_address(typed: str) -> str | None:
    """Return the address to which mail can go, or None when `typed` is no e-mail address.

    The host's name is written in ASCII, so that look-alike letters show.
    """
    if len(typed) > LONGEST:
        return None
    try:
        address = validate_email(
            typed,
            allow_smtputf8=False,
            strict=True,
            check_deliverability=False,
            test_environment=True,
        )
    except EmailNotValidError:
        return None
    if "." not in address.ascii_domain:
        return None
    return address.ascii_email
