"""What is in the index, and what a question finds there."""

from portal.search.queries.facets import Facets
from portal.search.queries.finding import Answer, Hit, all_hits, answer_to, near_names
from portal.search.queries.holding import subjects_with, what_is_meant
from portal.search.queries.narrowing import Narrowing
from portal.search.queries.source import Source
from portal.search.queries.sources import sources_of

__all__ = [
    "Answer",
    "Facets",
    "Hit",
    "Narrowing",
    "Source",
    "all_hits",
    "answer_to",
    "near_names",
    "sources_of",
    "subjects_with",
    "what_is_meant",
]
