"""The domain of a website and that of a mailbox."""

from __future__ import annotations

from urllib.parse import urlsplit

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


def domain_of_website(website: str) -> str:
    """Return the host of a stored address: "https://www.utrecht.nl/x" -> "utrecht.nl"."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def domain_of_mail(email: str) -> str | None:
    """Return the domain of an e-mail address, None for a mailbox that anybody can get."""
    domain = email.rpartition("@")[2].strip().lower()
    return domain if "." in domain and domain not in FREE_MAIL else None


def is_of_domain(email: str, domain: str | None) -> bool:
    """Return whether the mailbox is at `domain` or below it. A hint, never proof of belonging."""
    own = domain_of_mail(email)
    return bool(own and domain and (own == domain or own.endswith(f".{domain}")))
