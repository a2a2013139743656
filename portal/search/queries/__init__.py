"""What is in the index, and what a question finds there."""

from portal.search.queries.finding import (
    Answer,
    Hit,
    all_hits,
    answer_to,
    near_names,
    subjects_with,
    what_is_meant,
)
from portal.search.queries.source import Source
from portal.search.queries.sources import sources_of

__all__ = [
    "Answer",
    "Hit",
    "Source",
    "all_hits",
    "answer_to",
    "near_names",
    "sources_of",
    "subjects_with",
    "what_is_meant",
]
