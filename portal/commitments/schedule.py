"""When the people of a signatory are reminded of a promise: computed, never set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from portal.core import clock


class Occasion(StrEnum):
    """Why somebody is reminded, in the order of a term; the years are counted behind the last."""

    AHEAD = "60-dagen"
    NEAR = "14-dagen"
    LAST_DAY = "laatste-dag"
    GRACE_OVER = "respijt-om"
    MONTH_LATER = "maand-1"
    TWO_MONTHS_LATER = "maand-2"
    THREE_MONTHS_LATER = "maand-3"
    YEARLY = "jaar"


FIRST, SECOND = timedelta(days=60), timedelta(days=14)
MONTHLY = (Occasion.MONTH_LATER, Occasion.TWO_MONTHS_LATER, Occasion.THREE_MONTHS_LATER)
# What a worker that stood still did not send within this time is not sent any more.
KEPT_FOR = timedelta(days=31)


class Promise(NamedTuple):
    """What counts for the reminders of one promise that runs."""

    # The last day of its term; None: there is none, or it goes on for ever.
    latest: date | None
    # Since when the term is as it is, and its people hear of it: its promise, its last move, or the
    # day on which they took it over.
    stands_since: datetime
    # Of the last message of the signatory, and of the last news by the day that it is about.
    reported_at: datetime | None
    news_on: date | None


class Reminder(NamedTuple):
    """A reminder that is due: why, about which day, and since when."""

    # "14-dagen", "jaar-2"
    occasion: str
    # The last day of the term; for the yearly ones the day from which the years are counted.
    about: date
    due_on: date


def due_reminder(promise: Promise, on: date, grace_days: int) -> Reminder | None:
    """Return the newest reminder that fell due in the month up to `on`; None without one.

    Those before it are not due any more: what was missed collapses into the newest.
    """
    due = None
    for reminder in _all(promise, on, grace_days):
        if on - KEPT_FOR < reminder.due_on <= on and _began_after(promise, reminder):
            due = reminder
    return due


def _began_after(promise: Promise, reminder: Reminder) -> bool:
    """Return whether a reminder falls after the day on which its term was promised."""
    return reminder.due_on > clock.day_of(promise.stands_since)


def _all(promise: Promise, on: date, grace_days: int) -> Iterator[Reminder]:
    """Give the reminders of a promise in the order of their days."""
    if promise.latest is None:
        yield from _yearly(promise, on)
    elif not _is_answered(promise, promise.latest):
        yield from _of_term(promise.latest, grace_days)


def _is_answered(promise: Promise, latest: date) -> bool:
    """Return whether the signatory reported since the reminders of this term began."""
    at = promise.reported_at
    if at is None or at < promise.stands_since:
        return False
    return clock.day_of(at) >= latest - FIRST


def _of_term(latest: date, grace_days: int) -> Iterator[Reminder]:
    yield Reminder(Occasion.AHEAD, latest, latest - FIRST)
    yield Reminder(Occasion.NEAR, latest, latest - SECOND)
    yield Reminder(Occasion.LAST_DAY, latest, latest)
    over = latest + timedelta(days=grace_days)
    if grace_days:
        yield Reminder(Occasion.GRACE_OVER, latest, over)
    for months, occasion in enumerate(MONTHLY, start=1):
        yield Reminder(occasion, latest, months_after(over, months))


def _yearly(promise: Promise, on: date) -> Iterator[Reminder]:
    days = [clock.day_of(promise.stands_since)]
    days += [clock.day_of(promise.reported_at)] if promise.reported_at is not None else []
    days += [promise.news_on] if promise.news_on is not None else []
    since = max(days)
    for years in range(1, on.year - since.year + 1):
        due_on = months_after(since, 12 * years)
        yield Reminder(f"{Occasion.YEARLY}-{years}", since, due_on)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
