"""Every read of rappels."""

from portal.rappels.queries.answers import answers_to
from portal.rappels.queries.asking import Asked, Letter, Round, round_on
from portal.rappels.queries.rappels import (
    Question,
    editable_plan,
    find_running,
    get_answerable,
    get_published,
    get_rappel,
    name_of_next,
    planned_on,
    published,
    rappels,
)
from portal.rappels.queries.remaining import still_asked, unanswered
from portal.rappels.queries.results import (
    Line,
    PartyRow,
    Result,
    asked_of,
    counts_of,
    lines_of,
    parties_of,
    results_of,
)

__all__ = [
    "Asked",
    "Letter",
    "Line",
    "PartyRow",
    "Question",
    "Result",
    "Round",
    "answers_to",
    "asked_of",
    "counts_of",
    "editable_plan",
    "find_running",
    "get_answerable",
    "get_published",
    "get_rappel",
    "lines_of",
    "name_of_next",
    "parties_of",
    "planned_on",
    "published",
    "rappels",
    "results_of",
    "round_on",
    "still_asked",
    "unanswered",
]
