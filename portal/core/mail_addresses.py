"""E-mail addresses: read into the form to which mail can go, and shown as people type them."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

LONGEST = 254
# Of an account that was erased: no name can end like this (RFC 6761), so no mail goes there.
ERASED_HOST = "verwijderd.invalid"

# Letters of which none looks like another one without its mark.
_PLAIN = re.compile(r"[a-z0-9.\-ß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥĩīĭįĵķĺļľłńņňōŏőœŕŗřśŝşšţťũūŭůűųŵŷźżž]*")


def read_mail_address(typed: str) -> str | None:
    """Return the address to which mail can go, or None when `typed` is no e-mail address.

    The host's name is written in ASCII, so that look-alike letters show.
    """
    address = _read(typed)
    if address is None or "." not in address.ascii_domain:
        return None
    return address.ascii_email


def typed_mail_address(address: str) -> str:
    """Return an address that was read as it was typed: with the letters of its host's name."""
    read = _read(address) if "xn--" in address else None
    return read.normalized if read is not None else address


def shown_mail_address(address: str | None) -> str:
    """Return an address for readers: as typed, with its ASCII form when letters could mislead.

    "" for none.
    """
    if not address:
        return ""
    typed = typed_mail_address(address)
    is_plain = typed == address or _PLAIN.fullmatch(typed.rpartition("@")[2])
    return typed if is_plain else f"{typed} ({address})"


def short_mail_address(address: str) -> str:
    """Return an address for a list that others read: "n…@gemeente.example"."""
    name, _at, host = typed_mail_address(address).rpartition("@")
    return f"{name[:1] if len(name) > 1 else ''}…@{host}"


def _read(typed: str) -> ValidatedEmail | None:
    if len(typed) > LONGEST:
        return None
    try:
        return validate_email(
            typed,
            allow_smtputf8=False,
            strict=True,
            check_deliverability=False,
            test_environment=True,
        )
    except EmailNotValidError:
        return None
