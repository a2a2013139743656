"""How a commitment stands on a day: computed from updates, moves and its end, never typed.

The same in SQL, for lists, stands in `queries/standing.py`; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from portal import terms
from portal.lifecycle import CommitmentState


class Progress(StrEnum):
    """How far a commitment is: reported by updates, except the last, which is its end."""

    PLANNED = "gepland"
    RUNNING = "loopt"
    DELAYED = "vertraagd"
    DONE = "gereed"
    WITHDRAWN = "ingetrokken"


class Standing(StrEnum):
    """What a list of commitments can be narrowed to: how far they are, or that they are late."""

    PLANNED = "gepland"
    RUNNING = "loopt"
    DELAYED = "vertraagd"
    DONE = "gereed"
    WITHDRAWN = "ingetrokken"
    LATE = "te-laat"


PUBLIC_STATES = (CommitmentState.PUBLISHED, CommitmentState.WITHDRAWN)
UNFINISHED = (Progress.PLANNED, Progress.RUNNING, Progress.DELAYED)
# What an update can report.
REPORTABLE = (*UNFINISHED, Progress.DONE)


class Reported(NamedTuple):
    """The progress that an update reports, and the day that it is about."""

    told_on: date
    progress: str


class Moved(NamedTuple):
    """The day on which a term was moved, and the last day of the term before."""

    moved_on: date
    old_latest: date | None


class Timeline(NamedTuple):
    """What happened to a public commitment, each with the day that it is about."""

    # The day of the promise, or of the publication if that was earlier.
    stands_from: date
    withdrawn_on: date | None
    # The last day of the term as it is now.
    latest: date | None
    # In the order in which they were recorded.
    updates: Sequence[Reported] = ()
    moves: Sequence[Moved] = ()


class StandingOn(NamedTuple):
    """How a commitment stood at the end of a day."""

    progress: Progress
    latest: date | None
    done_on: date | None
    move_count: int
    is_late: bool

    def is_in(self, standing: Standing) -> bool:
        """Return whether a list that is narrowed to `standing` holds it."""
        return self.is_late if standing == Standing.LATE else self.progress.value == standing.value


def standing_on(timeline: Timeline, on: date, grace_days: int) -> StandingOn | None:
    """Return how a commitment stood at the end of `on`, as known now; None before it existed."""
    if timeline.stands_from > on:
        return None
    progress, done_on = _progress_on(timeline, on)
    later = [move for move in timeline.moves if move.moved_on > on]
    latest = later[0].old_latest if later else timeline.latest
    return StandingOn(
        progress=progress,
        latest=latest,
        done_on=done_on,
        move_count=len(timeline.moves) - len(later),
        is_late=progress in UNFINISHED and terms.is_overdue(latest, on, grace_days),
    )


def _progress_on(timeline: Timeline, on: date) -> tuple[Progress, date | None]:
    if timeline.withdrawn_on is not None and timeline.withdrawn_on <= on:
        return Progress.WITHDRAWN, None
    reported = [update for update in timeline.updates if update.told_on <= on]
    if not reported:
        return Progress.PLANNED, None
    # Of several about one day, the one that was recorded last.
    newest = max(enumerate(reported), key=lambda update: (update[1].told_on, update[0]))[1]
    progress = Progress(newest.progress)
    return progress, newest.told_on if progress == Progress.DONE else None


def is_late(
    state: str, progress: str, latest: date | None, *, today: date, grace_days: int
) -> bool:
    """Return whether a running commitment is past its latest date and the grace after it."""
    is_running = state == CommitmentState.PUBLISHED and progress != Progress.DONE
    return is_running and terms.is_overdue(latest, today, grace_days)


def shown_progress(
    progress: str, *, latest: date | None, done_on: date | None, has_evidence: bool
) -> str:
    """Return the word for how far it is; being done says whether in time and with evidence."""
    if progress != Progress.DONE:
        return progress
    if done_on is not None and latest is not None and done_on > latest:
        return "gereed_na_termijn"
    return "gereed" if has_evidence else "gereed_zonder_bewijsstuk"
