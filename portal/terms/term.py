"""A promised moment: its words, its dates, and how exact it is."""

from dataclasses import dataclass
from datetime import date

from portal.terms import edtf, wording
from portal.terms.periods import Precision


@dataclass(frozen=True, slots=True)
class Term:
    """When something was promised for; both dates belong to it, None is an open end.

    Refuses, with a ValueError, a term without any date or with its end before its start.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    said_on: date

    def __post_init__(self) -> None:
        if self.earliest is None and self.latest is None:
            raise ValueError("a term has an earliest or a latest date")
        if self.earliest and self.latest and self.latest < self.earliest:
            raise ValueError("a term cannot end before it starts")

    def words(self, locale: str = "nl") -> str:
        """Give the shortest plain words; `read` gives them the same dates in their own language."""
        return wording.words(self.earliest, self.latest, self.precision, locale)

    def explained(self, locale: str = "nl") -> str:
        """Give the dates in full, as the part of a sentence that says what was understood."""
        return wording.dates(self.earliest, self.latest, locale)

    @property
    def edtf(self) -> str:
        """Give the term in EDTF: 2021-35 for a third quarter, ../2019-09-30 for an open start."""
        return edtf.written(self.earliest, self.latest, self.precision)


def picked(text: str, earliest: date | None, latest: date | None, said_on: date) -> Term:
    """Give the term for words that were not understood, with dates picked by hand.

    Refuses, with a ValueError, two missing dates or an end before the start.
    """
    if latest is None:
        precision = Precision.FROM
    elif earliest is None or earliest == latest:
        precision = Precision.DAY
    else:
        precision = Precision.PERIOD
    return Term(text.strip(), earliest, latest, precision, said_on)


def is_overdue(latest: date | None, today: date, grace_days: int) -> bool:
    """Tell whether the latest date and the days of grace after it have passed."""
    return latest is not None and (today - latest).days > grace_days
