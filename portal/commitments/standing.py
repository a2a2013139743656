"""How a commitment stands on a day: computed from what was told, never typed."""

from __future__ import annotations

from datetime import date

from portal import terms

PUBLIC_STATES = ("published", "withdrawn")
TOLD = ("gepland", "loopt", "vertraagd", "gereed")


def is_late(
    state: str, progress: str, latest: date | None, *, today: date, grace_days: int
) -> bool:
    """Return whether a running commitment is past its latest date and the grace after it."""
    is_running = state == "published" and progress != "gereed"
    return is_running and terms.is_overdue(latest, today, grace_days)


def shown_progress(
    progress: str, *, latest: date | None, done_on: date | None, has_evidence: bool
) -> str:
    """Return the word for how far it is; being done says whether in time and with evidence."""
    if progress != "gereed":
        return progress
    if done_on is not None and latest is not None and done_on > latest:
        return "gereed_na_termijn"
    return "gereed" if has_evidence else "gereed_zonder_bewijsstuk"
