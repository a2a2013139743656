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
from portal.lifecycle.claims import TAKEN_OVER, Whose


class Progress(StrEnum):
    """How far a commitment is: reported by updates, its end, or that nobody reported."""

    PLANNED = "gepland"
    RUNNING = "loopt"
    DELAYED = "vertraagd"
    DONE = "gereed"
    WITHDRAWN = "ingetrokken"
    # The vereniging took it from a source, and nobody of the signatory has said anything of it.
    SILENT = "geen-bericht"
    # The same, while a source says that it is done.
    DONE_BY_SOURCE = "gereed-bron"


class Standing(StrEnum):
    """What a list of commitments can be narrowed to: how far they are, or that they are late."""

    PLANNED = "gepland"
    RUNNING = "loopt"
    DELAYED = "vertraagd"
    DONE = "gereed"
    WITHDRAWN = "ingetrokken"
    SILENT = "geen-bericht"
    DONE_BY_SOURCE = "gereed-bron"
    LATE = "te-laat"
    # Unfinished, and nobody of the signatory has said anything of it for a year.
    QUIET = "stil"
    # Not done, and the term with its grace has not passed, or has no date.
    OPEN = "binnen-termijn"
    # Done by its last day, or without one; and done after it.
    IN_TIME = "op-tijd"
    AFTER_TERM = "na-termijn"
    # Put off at least once, whatever became of it.
    MOVED = "verschoven"


PUBLIC_STATES = (CommitmentState.PUBLISHED, CommitmentState.WITHDRAWN)
UNFINISHED = (Progress.PLANNED, Progress.RUNNING, Progress.DELAYED)
# What an update can report.
REPORTABLE = (*UNFINISHED, Progress.DONE)
# What only sources say, never the signatory: counted apart, and never late.
BY_SOURCE = (Progress.SILENT, Progress.DONE_BY_SOURCE)
FINISHED = (Progress.DONE, Progress.DONE_BY_SOURCE)


def sort_group(progress: str) -> int:
    """Return where lists put a promise: what runs first, then what is silent, then what is over."""
    if progress in UNFINISHED:
        return 0
    return 1 if progress == Progress.SILENT else 2


class Evidence(NamedTuple):
    """Something that shows what an update reports, and the day on which it was hidden, if it is."""

    hidden_on: date | None = None

    def is_shown_at(self, on: date) -> bool:
        """Return whether everybody could see it at the end of `on`."""
        return self.hidden_on is None or self.hidden_on > on


class Reported(NamedTuple):
    """The progress that an update reports, the day that it is about, and whose word it is."""

    told_on: date
    progress: str
    whose: Whose = Whose()
    evidence: Evidence | None = None


class Moved(NamedTuple):
    """The day on which a term was moved, and the last days of the terms before and after."""

    moved_on: date
    old_latest: date | None
    new_latest: date | None = None


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
    whose: Whose = Whose()
    # The days of the promise and of its publication, which are news as well.
    made_on: Sequence[date] = ()


class StandingOn(NamedTuple):
    """How a commitment stood at the end of a day."""

    progress: Progress
    latest: date | None
    done_on: date | None
    move_count: int
    # Of the moves those to an earlier day.
    earlier_count: int
    is_late: bool
    # Whether something that everybody can see shows what was reported.
    has_evidence: bool = False
    # Whether it is unfinished without any news in the year before.
    is_quiet: bool = False

    def is_in(self, standing: Standing) -> bool:
        """Return whether a list that is narrowed to `standing` holds it."""
        is_after = bool(self.done_on and self.latest and self.done_on > self.latest)
        asked = {
            Standing.LATE: self.is_late,
            Standing.QUIET: self.is_quiet,
            Standing.OPEN: self.progress in UNFINISHED and not self.is_late,
            Standing.IN_TIME: self.progress == Progress.DONE and not is_after,
            Standing.AFTER_TERM: self.progress == Progress.DONE and is_after,
            Standing.MOVED: self.move_count > self.earlier_count,
        }
        return asked.get(standing, self.progress.value == standing.value)


def standing_on(timeline: Timeline, on: date, grace_days: int) -> StandingOn | None:
    """Return how a commitment stood at the end of `on`, as known now; None before it existed."""
    if timeline.stands_from > on:
        return None
    progress, done_on = progress_on(timeline, on)
    later = [move for move in timeline.moves if move.moved_on > on]
    latest = later[0].old_latest if later else timeline.latest
    moves = timeline.moves[: len(timeline.moves) - len(later)]
    return StandingOn(
        progress=progress,
        latest=latest,
        done_on=done_on,
        move_count=len(moves),
        earlier_count=sum(is_earlier(move.old_latest, move.new_latest) for move in moves),
        is_late=progress in UNFINISHED and terms.is_overdue(latest, on, grace_days),
        has_evidence=_has_evidence(timeline, on),
        is_quiet=progress in UNFINISHED and is_long_ago(news_on(timeline, on), on),
    )


def news_on(timeline: Timeline, on: date) -> date | None:
    """Return the last day up to `on` of which there is news; None where there was none by then.

    News is the promise, its publication, a move of its term, and what the signatory says of it.
    """
    days = [*timeline.made_on, *(move.moved_on for move in timeline.moves)]
    days += [update.told_on for update in timeline.updates if update.whose.is_own_at(on)]
    if timeline.whose.stance_on is not None and timeline.whose.stance_at(on) in TAKEN_OVER:
        days.append(timeline.whose.stance_on)
    return max((day for day in days if day <= on), default=None)


def quiet_before(on: date) -> date:
    """Return the day a year before `on`: news of that day or later is no long time ago."""
    if (on.month, on.day) == (2, 29):
        return date(on.year - 1, 2, 28)
    return on.replace(year=on.year - 1)


def is_long_ago(news: date | None, on: date) -> bool:
    """Return whether the last news was more than a year before `on`; False when none is known."""
    return news is not None and news < quiet_before(on)


def _has_evidence(timeline: Timeline, on: date) -> bool:
    return any(
        update.told_on <= on and update.evidence is not None and update.evidence.is_shown_at(on)
        for update in timeline.updates
    )


def progress_on(timeline: Timeline, on: date) -> tuple[Progress, date | None]:
    """Return how far a commitment was at the end of `on`, and the day on which it was done."""
    if timeline.withdrawn_on is not None and timeline.withdrawn_on <= on:
        return Progress.WITHDRAWN, None
    reported = [update for update in timeline.updates if update.told_on <= on]
    own = _newest([update for update in reported if update.whose.is_own_at(on)])
    if own is not None and not timeline.whose.is_disowned_at(on):
        progress = Progress(own.progress)
        return progress, own.told_on if progress == Progress.DONE else None
    of_source = _newest([update for update in reported if _is_of_source(update.whose, on)])
    if of_source is not None and of_source.progress == Progress.DONE:
        return Progress.DONE_BY_SOURCE, None
    return Progress.PLANNED if timeline.whose.is_own_at(on) else Progress.SILENT, None


def _is_of_source(whose: Whose, on: date) -> bool:
    return not whose.is_own_at(on) and not whose.is_disowned_at(on)


def _newest(updates: Sequence[Reported]) -> Reported | None:
    """Return the update about the last day; of several about it, the one recorded last."""
    return max(enumerate(updates), key=lambda one: (one[1].told_on, one[0]), default=(0, None))[1]


def is_late(
    state: str, progress: str, latest: date | None, *, today: date, grace_days: int
) -> bool:
    """Return whether a running commitment is past its latest date and the grace after it."""
    is_running = state == CommitmentState.PUBLISHED and progress in UNFINISHED
    return is_running and terms.is_overdue(latest, today, grace_days)


def is_earlier(old_latest: date | None, new_latest: date | None) -> bool:
    """Return whether a move brought the last day of a term forward."""
    return old_latest is not None and new_latest is not None and new_latest < old_latest


def shown_move(move_count: int, earlier_count: int) -> str:
    """Return the word for a term that was moved, "" for one that never was.

    Who only promised more, by moving a term forward, is not said to have put it off.
    """
    if move_count == 0:
        return ""
    return "brought_forward" if move_count == earlier_count else "moved"


def shown_progress(
    progress: str, *, latest: date | None, done_on: date | None, has_evidence: bool
) -> str:
    """Return the word for how far it is; being done says whether in time and with evidence."""
    if progress != Progress.DONE:
        return progress
    if done_on is not None and latest is not None and done_on > latest:
        return "gereed_na_termijn"
    return "gereed" if has_evidence else "gereed_zonder_bewijsstuk"
