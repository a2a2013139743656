"""How long the database takes for what people search, and how long the index takes to be made.

    python -m bench.search [--folder data/bench] [--database URL] [--questions 200]

The portal is filled by `bench.fill`. Without an index it is made first, as `flask search rebuild`
makes it. Then made-up questions are asked: names, titles, numbers, and words of the vocabulary, two
of which in three are rare. Only the time in the database counts: each question to it is asked
once more past SQLAlchemy, by processor time on SQLite and by the clock on PostgreSQL.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from bench.figures import record
from bench.place import FOLDER, Place
from bench.plans import answer, questions
from bench.progress import Bar
from bench.words import commitment_title, organisation_name
from portal.commitments.queries.facets import facets
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import listing
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.search.indexing import due_count, index_some, note_everything
from portal.search.models import SearchEntry, SearchWord
from portal.search.queries.finding import answer_to

# In how many entries a word stands that few texts have.
RARE = 2000
SHARE = 0.95


def make_index() -> float:
    """Make the whole index anew; return the seconds of processor time that it took."""
    start = time.process_time()
    note_everything()
    length = due_count()
    done = 0
    with Bar("indexing", length) as bar:
        while more := index_some():
            done += more
            bar.show(done)
    return time.process_time() - start


def asked(number: int) -> Iterator[str]:
    """Yield so many questions, the same in every run."""
    choose = Random(2019)
    words = db.session.execute(select(SearchWord.word, SearchWord.entries).order_by(SearchWord.id))
    rare, common = [], []
    for word, entries in words:
        (rare if entries <= RARE else common).append(word)
    for at in range(number):
        one = choose.randint(1, 500)
        yield (
            organisation_name(one).removesuffix(" (fictief)"),
            commitment_title(one),
            f"GP-{one}",
            choose.choice(rare),
            choose.choice(rare),
            choose.choice(common),
        )[at % 6]


def in_database(ask: Callable[[], object]) -> float:
    """Return the milliseconds that the database takes for all that `ask` asks of it."""
    with questions(db.engine) as these:
        ask()
    is_sqlite = db.engine.dialect.name == "sqlite"
    now = time.process_time if is_sqlite else time.perf_counter
    took = 0.0
    with db.engine.connect() as connection:
        for question in these:
            again = answer(connection, question)
            again()
            start = now()
            again()
            took += now() - start
    return took * 1000


def at_share(taken: Sequence[float]) -> float:
    """Return the time within which `SHARE` of the questions are answered."""
    return sorted(taken)[int(SHARE * (len(taken) - 1))]


def report(place: Place, number: int) -> None:
    """Print what questions take, and note it beside the goals."""
    on, grace_days = clock.today(), settings().grace_days
    values: dict[str, float] = {}
    if db.session.scalar(select(func.count()).select_from(SearchEntry)) == 0:
        values["search_index"] = make_index()
        print(f"index made in {values['search_index']:.0f} s of processor time")
    these = list(asked(number))

    def newest(words: str) -> float:
        filters = CommitmentFilter(words=words)
        return in_database(lambda: listing(filters, on=on, grace_days=grace_days, order="nieuwste"))

    ranked = [in_database(lambda words=words: answer_to(words)) for words in these]
    listed = [newest(words) for words in these]
    values["search_ranked"], values["search_newest"] = at_share(ranked), at_share(listed)
    slowest = max(zip(ranked, these, strict=True))
    print(f"{number} questions: {SHARE:.0%} ranked within {values['search_ranked']:.1f} ms, ")
    print(f"newest first within {values['search_newest']:.1f} ms")
    print(f"half of them within {sorted(ranked)[number // 2]:.1f} ms")
    print(f"slowest: {slowest[1]!r} in {slowest[0]:.0f} ms")
    numbers = in_database(lambda: facets(CommitmentFilter(), on=on, grace_days=grace_days))
    print(f"numbers beside the filters of the list: {numbers:.1f} ms")
    on_postgresql = "_postgresql" if db.engine.dialect.name == "postgresql" else ""
    record(
        place.folder,
        "bench.search",
        **{f"{name}{on_postgresql}": value for name, value in values.items()},
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--database")
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    place = Place.at(options.folder, options.database).filled()
    with place.portal(ACCESS_LOG="off").app_context():
        report(place, options.questions)


if __name__ == "__main__":
    main()
