"""Let the index of words take in what a test made: a worker does it within seconds."""

from __future__ import annotations

from portal.services.finding import word_index


def catch_up() -> None:
    """Index all that changed."""
    word_index().catch_up()
