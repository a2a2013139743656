"""LAW 3: what a promised moment means, from words to two dates and back into words."""

from portal.terms.open_ended import is_open_ended, is_vague
from portal.terms.periods import Precision
from portal.terms.pitfalls import Pitfall, pitfall_in
from portal.terms.reading import read
from portal.terms.term import Term, is_overdue, picked
from portal.terms.wording import shortest

__all__ = [
    "Pitfall",
    "Precision",
    "Term",
    "is_open_ended",
    "is_overdue",
    "is_vague",
    "picked",
    "pitfall_in",
    "read",
    "shortest",
]
