"""Where the line of a page may break inside an address."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# After the sign that parts two names, and before the one that begins the next.
PLACE = re.compile(r"(?<=@)|(?<=[^/]/)(?=[^/])|(?<=[^.])(?=[.?&=#])")
BREAK = Markup("<wbr>")


def breakable(address: str | None) -> Markup:
    """Return an address of mail or web that breaks between its parts before it breaks inside one.

    What is copied from the page is the address itself.
    """
    return BREAK.join(escape(part) for part in PLACE.split(address or ""))
