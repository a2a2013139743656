"""What is in the index, and what a question finds there."""

from portal.search.queries.facets import Facets
from portal.search.queries.finding import (
    Answer,
    Hit,
    all_hits,
    answer_to,
    count_hits,
    near_names,
)
from portal.search.queries.holding import subjects_with, what_is_meant
from portal.search.queries.matching import instead_in
from portal.search.queries.narrowing import Narrowing
from portal.search.queries.ranking import MOST_SHOWN
from portal.search.queries.source import Source
from portal.search.queries.sources import sources_of, texts_of
from portal.search.queries.suggesting import Suggestion, suggestions

__all__ = [
    "MOST_SHOWN",
    "Answer",
    "Facets",
    "Hit",
    "Narrowing",
    "Source",
    "Suggestion",
    "all_hits",
    "answer_to",
    "count_hits",
    "instead_in",
    "near_names",
    "sources_of",
    "subjects_with",
    "suggestions",
    "texts_of",
    "what_is_meant",
]
