"""What an accessibility statement may say: its statuses, what each rests on, how long it holds.

As digitoegankelijk.nl explains the statuses of the Dutch government: A and B rest on complete
research that is no older than three years, C on research planned within six months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

RESEARCH_HOLDS_YEARS = 3
PLANNED_WITHIN = timedelta(days=184)
LOOKED_AT_EVERY = timedelta(days=366)
ANSWER_DAYS = 14


class Compliance(StrEnum):
    """The status of this portal, as the register of statements names it."""

    # Nobody has looked: no status is claimed.
    UNKNOWN = "unknown"
    FULL = "A"
    PARTIAL = "B"
    FIRST_STEPS = "C"
    FAILING = "D"
    NO_STATEMENT = "E"


class Duty(StrEnum):
    """Whether the Dutch decree on digital accessibility binds the vereniging."""

    UNKNOWN = "unknown"
    BOUND = "bound"
    FREE = "free"


RESTS_ON_RESEARCH = (Compliance.FULL, Compliance.PARTIAL)
# What has a statement in the register.
REGISTERED = (*RESTS_ON_RESEARCH, Compliance.FIRST_STEPS, Compliance.FAILING)


def last_day_of(researched_on: date) -> date:
    """Return the last day on which research of that day still counts."""
    year = researched_on.year + RESEARCH_HOLDS_YEARS
    try:
        return researched_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the page says besides its text; `failings` is HTML, in `failings_language`."""

    status: Compliance = Compliance.UNKNOWN
    duty: Duty = Duty.UNKNOWN
    researched_on: date | None = None
    report_url: str = ""
    planned_on: date | None = None
    register_url: str = ""
    failings: str = ""
    failings_language: str = "nl"
    answer_days: int = ANSWER_DAYS
    # None until the vereniging has filled it in.
    edited_at: datetime | None = None
    # What the status rested on is too old, or did not happen: the status says nothing any more.
    has_lapsed: bool = False
    is_due: bool = False


def has_lapsed(
    status: Compliance, researched_on: date | None, planned_on: date | None, *, on: date
) -> bool:
    """Return whether a status no longer holds on a day, whatever it says."""
    if status in RESTS_ON_RESEARCH:
        return researched_on is None or on > last_day_of(researched_on)
    return status is Compliance.FIRST_STEPS and (planned_on is None or on > planned_on)
