"""What was asked and not found: counted by day, without who asked, and soon forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core import clock
from portal.core.db import db, read_as, read_number, short_transaction
from portal.search.models import LONGEST_MISS, SearchMiss
from portal.search.queries.holding import MOST_ASKED
from portal.search.words import asked_words

KEEP_DAYS = 60
# What was asked less often is not shown: it may be of one person.
LEAST_ASKED = 3
# So many different questions are kept of a day, and shown.
MOST_KEPT, MOST_SHOWN = 500, 100
# A telephone number, a number of a citizen, an address to mail to.
_OF_A_PERSON = re.compile(r"@|(?:\d[\s.-]?){6}")
_OTHERS = ""

# Both write "insert, or else ..." in the same words.
Insert = postgresql.Insert | sqlite.Insert


class Miss(NamedTuple):
    """Words of which nothing was found, and how often they were asked."""

    words: str
    times: int


def _counting(insert: Callable[[type[SearchMiss]], Insert]) -> Insert:
    first = insert(SearchMiss).values(count=1)
    return first.on_conflict_do_update(
        index_elements=["day", "words"], set_={"count": SearchMiss.count + 1}
    )


_COUNT = {"postgresql": _counting(postgresql.insert), "sqlite": _counting(sqlite.insert)}


def note_miss(text: str) -> None:
    """Count that nothing was found of `text` today. Never inside a write section."""
    today, words = clock.today(), _kept(text)
    of_today = select(SearchMiss.words).where(SearchMiss.day == today)
    with short_transaction(is_vital=False) as own:
        is_known = own.scalar(of_today.where(SearchMiss.words == words)) is not None
        number = own.scalar(select(func.count()).select_from(of_today.subquery())) or 0
        if not is_known and number >= MOST_KEPT:
            words = _OTHERS
        own.execute(_COUNT[own.dialect.name], {"day": today, "words": words})


def _kept(text: str) -> str:
    words = " ".join(asked_words(text, MOST_ASKED))
    return _OTHERS if _OF_A_PERSON.search(text) or len(words) > LONGEST_MISS else words


def misses() -> Sequence[Miss]:
    """Return what was asked in vain `LEAST_ASKED` times or more, the most first."""
    number = func.sum(SearchMiss.count)
    often = (
        select(SearchMiss.words, number)
        .where(SearchMiss.day > clock.today() - timedelta(days=KEEP_DAYS))
        .where(SearchMiss.words != _OTHERS)
        .group_by(SearchMiss.words)
        .having(number >= LEAST_ASKED)
        .order_by(number.desc(), SearchMiss.words)
        .limit(MOST_SHOWN)
    )
    return read_as(Miss, often)


def misses_in_all() -> int:
    """Return how often nothing was found in these days, whatever was asked."""
    number = select(func.coalesce(func.sum(SearchMiss.count), 0))
    return read_number(number.where(SearchMiss.day > clock.today() - timedelta(days=KEEP_DAYS)))


def forget_misses() -> None:
    """Forget, in the caller's transaction, what was asked longer ago."""
    old = SearchMiss.day <= clock.today() - timedelta(days=KEEP_DAYS)
    db.session.execute(delete(SearchMiss).where(old))
