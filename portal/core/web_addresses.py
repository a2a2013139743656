"""Web addresses: read as people type them, never fetched."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from portal.core.i18n import gettext as _
from portal.core.words import too_long

MOST_CHARACTERS = 500
# In a text; an organisation may be called after its domain, and a link is another thing.
WEB_LINK = re.compile(r"://|www\.|\.\w{2,}/", re.IGNORECASE)

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class WebAddressRefused(ValueError):
    """What was typed is no web address; the message says what is wrong."""


def read_web_address(text: str, *, most: int = MOST_CHARACTERS) -> str:
    """Return the address of a page: https:// put before a bare name, host in small letters."""
    address = _read(text, most)
    if len(address) > most:
        raise WebAddressRefused(too_long(len(address), most=most))
    return address


def read_homepage(text: str, *, most: int = MOST_CHARACTERS) -> str:
    """Return the address of a website: as of a page, without a place on it or a slash at the end.

    What is too long is refused with the advice to name the homepage.
    """
    if len(text.strip()) > most:
        raise WebAddressRefused(_("Het adres van de website is te lang. Gebruik de homepage."))
    parts = urlsplit(_read(text, most))
    address = urlunsplit(parts._replace(fragment=""))
    if len(address) > most:
        raise WebAddressRefused(_("Het adres van de website is te lang. Gebruik de homepage."))
    return address.removesuffix("/") if not parts.query else address


def _read(text: str, most: int) -> str:
    typed = text.strip()
    if len(typed) > most:
        raise WebAddressRefused(too_long(len(typed), most=most))
    if re.search(r"[\s\\\x00-\x1f\x7f]", typed):
        words = _("Het adres van de website bevat een spatie of een vreemd teken.")
        raise WebAddressRefused(words)
    scheme = re.match(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", typed, re.IGNORECASE)
    if scheme is None:
        typed = f"https://{typed.lstrip('/')}"
    elif scheme[1].lower() not in ("http", "https"):
        words = _("Een webadres begint met https:// of http://.")
        raise WebAddressRefused(words)
    return _rebuilt(typed)


def _rebuilt(typed: str) -> str:
    try:
        parts = urlsplit(typed)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError as fault:
        raise _no_address() from fault
    if parts.username is not None or parts.password is not None:
        words = _("Laat de gebruikersnaam en het wachtwoord weg uit het adres.")
        raise WebAddressRefused(words)
    own_port = {"http": 80, "https": 443}[parts.scheme]
    place = host if port in (None, own_port) else f"{host}:{port}"
    path = "" if parts.path == "/" and not parts.query else parts.path
    rest = (_quoted(path), _quoted(parts.query), _quoted(parts.fragment))
    return urlunsplit((parts.scheme, place, *rest))


def _no_address() -> WebAddressRefused:
    words = _("Vul een volledig webadres in, bijvoorbeeld https://www.voorbeeld.nl/plan.")
    return WebAddressRefused(words)


def _host(host: str) -> str:
    try:
        ascii_host = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError as fault:
        raise _no_address() from fault
    labels = ascii_host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _no_address()
    try:
        ipaddress.ip_address(ascii_host)
    except ValueError:
        if labels[-1].isdigit():
            raise _no_address() from None
        return ascii_host
    raise _no_address()


def _quoted(part: str) -> str:
    return quote(part, safe="/%:@!$&'()*+,;=~?-._")
