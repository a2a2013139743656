"""Tell the words with which somebody says that a promise has no date, or names no moment."""

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
# Said as if it were a moment, while nobody can tell when it is over.
_VAGUE = frozenset(
    {
        *("zsm", "zo snel mogelijk", "zo spoedig mogelijk", "spoedig", "binnenkort", "straks"),
        *("op korte termijn", "op termijn", "op den duur", "tzt", "te zijner tijd", "later"),
        *("ntb", "nog te bepalen", "nader te bepalen", "onbekend", "ooit"),
        *("asap", "as soon as possible", "soon", "shortly", "in due course", "later", "tbd"),
        *("to be determined", "to be decided", "unknown"),
    }
)
_AROUND = re.compile(r"^[\s\"'“”„‘’.(]+|[\s\"'“”„‘’.;!)]+$")


def is_open_ended(text: str) -> bool:
    """Return whether the words say, in Dutch or English, that there is no date."""
    return _bare(text) in _SAID


def is_vague(text: str) -> bool:
    """Return whether the words stand in for a moment, in Dutch or English, but name none."""
    return _bare(text).replace(".", "") in _VAGUE


def _bare(text: str) -> str:
    return " ".join(_AROUND.sub("", text).lower().split())
