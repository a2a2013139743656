"""Tell the words with which somebody says that a promise has no date."""

import re

_SAID = frozenset(
    {
        *("doorlopend", "continu", "permanent", "blijvend", "structureel"),
        *("geen datum", "geen einddatum", "geen termijn", "geen deadline"),
        *("zonder datum", "zonder einddatum", "zonder termijn", "zonder deadline"),
        *("onbepaalde tijd", "voor onbepaalde tijd"),
        *("ongoing", "continuous", "continuously", "permanently", "indefinitely", "open-ended"),
        *("no date", "no end date", "no deadline", "without a date", "without a deadline"),
    }
)
_AROUND = re.compile(r"^[\s\"'“”„‘’.(]+|[\s\"'“”„‘’.;!)]+$")


def is_open_ended(text: str) -> bool:
    """Return whether the words say, in Dutch or English, that there is no date."""
    return " ".join(_AROUND.sub("", text).lower().split()) in _SAID
