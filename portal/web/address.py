"""Addresses: which local path may be returned to, the cursor of a list, whose client it is."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from functools import wraps
from urllib.parse import quote, unquote, urlencode, urlsplit

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from portal.core.settings import settings
from portal.web.destinations import Destination, url_to


def safe_path(target: str | None, otherwise: str = "/") -> str:
    """Return `target` when it is a path on this site and nothing else, `otherwise` when not."""
    if not target or len(target) > 2000:
        return otherwise
    for form in (target, unquote(target), unquote(unquote(target))):
        if not form.startswith("/") or form.startswith("//") or "\\" in form:
            return otherwise
        if any(ord(character) < 32 or ord(character) == 127 for character in form):
            return otherwise
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else otherwise


def cursor_in_address(parameter: str = "na") -> str | None:
    """Return the cursor that the address names; a second list on a page has its own parameter."""
    return request.args.get(parameter)


def here() -> str:
    """Return this page's own path, language and query included."""
    query = request.query_string.decode(errors="replace")
    return request.script_root + request.path + (f"?{query}" if query else "")


def in_short(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Lead from an address with arguments that say nothing, as a form sends them, to one without.

    What somebody copies from the bar of the browser then names only what was chosen.
    """

    @wraps(view)
    def shortened(*values: object) -> ResponseReturnValue:
        given = list(request.args.items(multi=True))
        telling = [(name, value) for name, value in given if value.strip()]
        if len(telling) == len(given):
            return view(*values)
        query = f"?{urlencode(telling)}" if telling else ""
        return redirect(request.script_root + request.path + query)

    return shortened


def came_from() -> str:
    """Return the full address, without its query, of the page of this site that led here.

    "" for none, and for a page behind a mailed link: whoever has its address can use it.
    """
    try:
        parts = urlsplit(request.referrer or "")
        path = parts.path.removeprefix("/en") if parts.path.startswith("/en/") else parts.path
        _endpoint, values = current_app.url_map.bind("").match(path or "/", method="GET")
    except (HTTPException, ValueError):
        return ""
    own = (request.host, urlsplit(settings().public_url).netloc)
    if parts.netloc not in own or "token" in values:
        return ""
    return settings().public_url + (parts.path or "/")


def own_path() -> str:
    """Return the path as it may stand in a page or a header, whatever a stranger writes in it."""
    return quote(request.path, safe="/:@!$&'()*+,;=~")


def sign_in_address(back: str) -> str:
    """Return the sign-in page that leads back to `back`."""
    return url_to(Destination.SIGN_IN, verder=back)


def client_address() -> str:
    """Return the network address of the client of this request, as `network_of` has it."""
    return network_of(request.remote_addr or "0.0.0.0")  # noqa: S104


def network_of(raw: str) -> str:
    """Return what counts as one client: the address, of IPv6 its /64.

    A socket that takes both kinds tells an IPv4 address inside an IPv6 one, all in a single /64.
    """
    try:
        address = ipaddress.ip_address(raw)
    except ValueError:
        return raw
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False).network_address)
