"""Where the line of a page may break inside an address or a long word."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# After the sign that parts two names, and before the one that begins the next.
PLACE = re.compile(r"(?<=@)|(?<=[^/]/)(?=[^/])|(?<=[^.])(?=[.?&=#])")
BREAK = Markup("<wbr>")
SOFT_HYPHEN = "\u00ad"
# Words too long for a line of a telephone, and where a Dutch compound is joined by an s.
LONG_WORD = re.compile(r"[^\W\d_]{17,}")
JOINT = re.compile(r"(?<=[a-z]{3})(heids|ings|schaps|teits)(?=[a-z]{4})")


def breakable(address: str | None) -> Markup:
    """Return an address of mail or web that breaks between its parts before it breaks inside one.

    What is copied from the page is the address itself.
    """
    return BREAK.join(escape(part) for part in PLACE.split(address or ""))


def parted(words: str) -> str:
    """Return the words of a heading; long Dutch compounds part with a hyphen where they are joined.

    Browsers do so by themselves only where they know Dutch hyphenation.
    """
    return LONG_WORD.sub(lambda word: JOINT.sub(rf"\1{SOFT_HYPHEN}", word[0]), words)
