"""How long the database takes for what people search, and how long the index takes to be made.

    python -m bench.search [--folder data/bench/search] [--database URL] [--questions 200]

A portal with 100,000 comments, every one another text (`bench.vocabulary`), is filled first when
it is not there. Without an index it is made, as `flask search rebuild` makes it. Then made-up
questions are asked, of the kinds in `vocabulary.ASKED` in turn, and the commonest word of all apart
from them. Only the time in the database counts: each question to it is asked once more past
SQLAlchemy, by processor time on SQLite and by the clock on PostgreSQL.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from bench import vocabulary
from bench.figures import record
from bench.fill import SIZES, fill
from bench.place import FOLDER, Place
from bench.plans import answer, questions
from bench.progress import Bar
from portal.commitments.queries.facets import facets
from portal.commitments.queries.filtering import CommitmentFilter
from portal.commitments.queries.listing import listing
from portal.core import clock
from portal.core.db import db
from portal.core.settings import settings
from portal.search.indexing import due_count, index_some, note_everything
from portal.search.models import SearchEntry, SearchWord
from portal.search.queries.finding import answer_to
from portal.search.words import STOP_WORDS

SHARE = 0.95
COMMENTS = 100_000


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


def asked(number: int) -> list[str]:
    """Return so many questions, the same in every run."""
    choose = Random(2019)
    return [vocabulary.question(at, choose) for at in range(number)]


def commonest() -> str:
    """Return the word that stands in most entries."""
    most = select(SearchWord.word).order_by(SearchWord.entries.desc()).limit(1)
    words = most.where(SearchWord.word.not_in(STOP_WORDS))
    return db.session.scalars(words).one()


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


def at_share(taken: Sequence[float], share: float = SHARE) -> float:
    """Return the time within which so many of the questions are answered."""
    return sorted(taken)[int(share * (len(taken) - 1))]


def report(figures: Path, number: int) -> None:
    """Print what questions take, and note it beside the goals."""
    on, grace_days = clock.today(), settings().grace_days
    values: dict[str, float] = {}
    print(f"the texts: {vocabulary.in_words()}")
    if db.session.scalar(select(func.count()).select_from(SearchEntry)) == 0:
        values["search_index"] = make_index()
        print(f"index made in {values['search_index']:.0f} s of processor time")
    these = asked(number)

    def ranked(words: str) -> float:
        return in_database(lambda: answer_to(words))

    def newest(words: str) -> float:
        filters = CommitmentFilter(words=words)
        return in_database(lambda: listing(filters, on=on, grace_days=grace_days, order="nieuwste"))

    for name, label, ask in (
        ("search_ranked", "the best first", ranked),
        ("search_newest", "the newest first", newest),
    ):
        taken = [ask(words) for words in these]
        values[name] = at_share(taken)
        slowest = max(zip(taken, these, strict=True))
        print(f"{label}: half of {number} questions within {at_share(taken, 0.5):.1f} ms, ", end="")
        print(f"{SHARE:.0%} within {values[name]:.1f} ms, {slowest[1]!r} in {slowest[0]:.0f} ms")
        for at, kind in enumerate(vocabulary.ASKED):
            own = taken[at :: len(vocabulary.ASKED)]
            print(f"    {kind}: half within {at_share(own, 0.5):.1f} ms, all within {max(own):.1f}")
        values[f"{name}_commonest"] = ask(commonest())
        print(f"    the commonest word {commonest()!r}: {values[f'{name}_commonest']:.1f} ms")
    numbers = in_database(lambda: facets(CommitmentFilter(), on=on, grace_days=grace_days))
    print(f"numbers beside the filters of the list: {numbers:.1f} ms")
    on_postgresql = "_postgresql" if db.engine.dialect.name == "postgresql" else ""
    record(
        figures,
        "bench.search",
        **{f"{name}{on_postgresql}": value for name, value in values.items()},
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER / "search")
    parser.add_argument("--database")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--figures", type=Path, default=FOLDER, help="where figures are noted")
    options = parser.parse_args()
    place = Place.at(options.folder, options.database)
    fill(place, replace(SIZES[COMMENTS], is_varied=True))
    options.figures.mkdir(parents=True, exist_ok=True)
    with place.portal(ACCESS_LOG="off").app_context():
        report(options.figures, options.questions)


if __name__ == "__main__":
    main()
