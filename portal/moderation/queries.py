"""What waits for the vereniging: a query over states."""

from __future__ import annotations


def waiting_count() -> int | None:
    """Return how many things wait for a moderator; None for everybody else."""
    return None
