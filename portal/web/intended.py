"""The page that an address nearly names: mail programs and people add a sign, or type capitals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from portal.core.errors import PortalError
from portal.web.doors import Door
from portal.web.person import viewer

# What programs take along that make links of text, and the slash that other sites end with.
_TAIL = " \t\r\n\xa0\u200b/\\.,;:!?)]}>\"'`*_’”»…"
_ENGLISH = "/en"


def intended_address() -> str | None:
    """Return the address of the page that was meant where there is none; None if none was meant.

    Only for reading, and only when that page is there for this viewer. It is built of what the
    routes know, so it never leads off this site; of the request it keeps the query alone.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    for root, path in _plainer(request.script_root, request.path):
        address = _address_of(path)
        if address is not None:
            query = request.query_string.decode(errors="replace")
            return root + address.removeprefix(request.script_root) + (f"?{query}" if query else "")
    return None


def _plainer(root: str, path: str) -> Iterator[tuple[str, str]]:
    """Yield the root and the path that may have been meant, the likeliest first."""
    stripped = path.rstrip(_TAIL) or "/"
    for plain in dict.fromkeys((stripped, stripped.lower())):
        is_english = not root.endswith(_ENGLISH) and f"{plain}/".startswith(f"{_ENGLISH}/")
        if is_english:
            yield root + _ENGLISH, plain.removeprefix(_ENGLISH) or "/"
        elif plain != path:
            yield root, plain


def _address_of(path: str) -> str | None:
    """Return the address of the page at this path, None when it is not there for this viewer."""
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(path, "GET")
        door = getattr(current_app.view_functions[endpoint], "door", None)
        is_there = isinstance(door, Door) and _answers(door, values)
    except (HTTPException, PortalError):
        return None
    return url_for(endpoint, **values) if is_there else None


def _answers(door: Door, values: Mapping[str, object]) -> bool:
    """Return whether a door shows something; where visitors sign in first, it does to them."""
    if door.is_for_accounts and not viewer().is_authenticated:
        return True
    if values and door.load is None:
        return False
    return door.lets_pass(door.find(values))
