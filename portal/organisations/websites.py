"""Addresses of websites: read as people type them, never fetched; and the domain of a mailbox."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from portal.core.i18n import lazy_gettext as _l

MOST_CHARACTERS = 300

# Mailboxes that anybody can get: their domain says nothing about an organisation.
FREE_MAIL = {
    *("caiway.nl", "casema.nl", "chello.nl", "fastmail.com", "freedom.nl"),
    *("gmail.com", "gmx.net", "googlemail.com", "hetnet.nl", "home.nl"),
    *("hotmail.com", "hotmail.nl", "icloud.com", "kpnmail.nl", "kpnplanet.nl"),
    *("live.com", "live.nl", "mac.com", "mail.com", "me.com"),
    *("msn.com", "outlook.com", "outlook.nl", "planet.nl", "pm.me"),
    *("proton.me", "protonmail.com", "quicknet.nl", "solcon.nl", "tele2.nl"),
    *("upcmail.nl", "xs4all.nl", "yahoo.com", "ymail.com", "zeelandnet.nl"),
    *("ziggo.nl", "zonnet.nl"),
}

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class WebsiteRefused(ValueError):
    """What was typed is no address of a website; the message says what is wrong."""


def read_website(text: str) -> str:
    """Return the address of a website: https:// put before a bare name, host in small letters."""
    typed = text.strip()
    if len(typed) > MOST_CHARACTERS:
        raise WebsiteRefused(_l("Het adres van de website is te lang. Gebruik de homepage."))
    if re.search(r"[\s\\\x00-\x1f\x7f]", typed):
        raise WebsiteRefused(_l("Het adres van de website bevat een spatie of een vreemd teken."))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):(?!\d+(?:/|$))", typed, re.IGNORECASE)
    if scheme is None:
        typed = f"https://{typed.lstrip('/')}"
    elif scheme[1].lower() not in ("http", "https"):
        raise WebsiteRefused(_l("Het adres van een website begint met https:// of http://."))
    try:
        parts = urlsplit(typed)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError as fault:
        raise WebsiteRefused(_no_address()) from fault
    if parts.username is not None or parts.password is not None:
        raise WebsiteRefused(_l("Laat de gebruikersnaam en het wachtwoord weg uit het adres."))
    own_port = {"http": 80, "https": 443}[parts.scheme]
    place = host if port in (None, own_port) else f"{host}:{port}"
    website = urlunsplit((parts.scheme, place, _quoted(parts.path), _quoted(parts.query), ""))
    if len(website) > MOST_CHARACTERS:
        raise WebsiteRefused(_l("Het adres van de website is te lang. Gebruik de homepage."))
    return website.removesuffix("/") if not parts.query else website


def domain_of_website(website: str) -> str:
    """Return the host of a kept address without www: "www.utrecht.nl/x" -> "utrecht.nl"."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def domain_of_mail(email: str) -> str | None:
    """Return the domain of a mailbox, None for one that anybody can get."""
    domain = email.rpartition("@")[2].strip().lower()
    return domain if "." in domain and domain not in FREE_MAIL else None


def is_of_domain(email: str, domain: str | None) -> bool:
    """Return whether the mailbox is at `domain` or below it. A hint, never proof of belonging."""
    found = domain_of_mail(email)
    return bool(found and domain and (found == domain or found.endswith(f".{domain}")))


def _no_address() -> object:
    return _l("Dit is geen adres van een website. Schrijf het zoals www.voorbeeld.nl.")


def _host(host: str) -> str:
    try:
        ascii_host = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError as fault:
        raise WebsiteRefused(_no_address()) from fault
    labels = ascii_host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        raise WebsiteRefused(_no_address())
    try:
        ipaddress.ip_address(ascii_host)
    except ValueError:
        if labels[-1].isdigit():
            raise WebsiteRefused(_no_address()) from None
        return ascii_host
    raise WebsiteRefused(_no_address())


def _quoted(part: str) -> str:
    return quote(part, safe="/%:@!$&'()*+,;=~?-._")
