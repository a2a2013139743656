"""How pages and the questions behind them grow with the number of comments.

    python -m bench.growth FOLDER FOLDER ... [--rounds 7] [--calls 10] [--slow 500] [--plans]

Each folder was filled by `bench.fill`, the smallest first. A page is measured in this process by
processor time, all sizes in alternation; each SELECT behind it as the driver asks it, by the
clock, the least of its tries. Questions that take longer than `--slow` microseconds are shown.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.page_cost import Page
from bench.people import cookie_of
from bench.place import Place
from bench.plans import Question, answer, plan_of, questions
from portal.comments.models import Comment
from portal.core.db import db
from portal.core.paging import write_cursor

TRIES = 5
DEEP = "/toezeggingen/toezegging-7?reacties="


@dataclass
class Filled:
    """The portal on one database, and the people who look at it."""

    name: str
    app: Flask
    people: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.people = {
            "visitor": "",
            "reader": cookie_of(self.app, account_id=700, csrf="a" * 40),
            "moderator": cookie_of(self.app, account_id=3, csrf="a" * 40),
        }

    def pages(self) -> list[Page]:
        """Return the pages that are measured, with the same labels for every database."""
        return [
            Page(f"{who}: {path.partition('=')[0]}", self.app, path, self.people[who], is_new=True)
            for who, path in self._paths()
        ]

    def _paths(self) -> list[tuple[str, str]]:
        busy = "/toezeggingen/toezegging-7"
        deep = f"{DEEP}{self._last_page()}"
        lists = ["/", "/toezeggingen", "/toezeggingen?sort=titel", "/ondertekenaars", "/nieuws"]
        return [
            *(("visitor", path) for path in (busy, deep, *lists)),
            ("visitor", "/ondertekenaars/organisatie-7"),
            *(("reader", path) for path in (busy, "/account/reacties", "/account")),
            *(("moderator", path) for path in (busy, "/werkvoorraad", "/werkvoorraad/afgehandeld")),
        ]

    def _last_page(self) -> str:
        with self.app.app_context():
            comments = select(Comment.thread_id, Comment.id).where(Comment.discussion_id == 7)
            latest = comments.order_by(Comment.thread_id.desc(), Comment.id.desc()).offset(20)
            with db.engine.connect() as connection:
                row = connection.execute(latest.limit(1)).one()
        return write_cursor(tuple(row), forward=True)


def cost_of_questions(page: Page) -> list[tuple[float, Question, Sequence[str]]]:
    """Return (microseconds, question, plan) for each SELECT behind a page."""
    with page.app.app_context():
        with questions(db.engine) as asked:
            page.ask()
        found = []
        with db.engine.connect() as connection:
            for question in asked:
                ask = answer(connection, question)
                found.append((_least(ask), question, plan_of(connection, question)))
    return found


def _least(ask: object) -> float:
    assert callable(ask)
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        ask()
        times.append(time.perf_counter() - start)
    return min(times) * 1e6


def report_pages(databases: Sequence[Filled], rounds: int, calls: int) -> None:
    """Print what each page costs on each database, and how it grew from the first to the last."""
    sets = [database.pages() for database in databases]
    print(
        f"{'page, us of processor time':44}"
        + "".join(f"{d.name:>9}" for d in databases)
        + "   grew"
    )
    for same in zip(*sets, strict=True):
        for page in same:
            status, _size = page.ask()
            if not status.startswith("200"):
                raise SystemExit(f"{page.path} answers {status}")
        least = [float("inf")] * len(same)
        for _ in range(rounds):
            for index, page in enumerate(same):
                least[index] = min(least[index], page.cost(calls))
        figures = "".join(f"{cost:9.0f}" for cost in least)
        print(f"{same[0].label:44}{figures}{least[-1] / least[0]:7.2f}")


def report_questions(database: Filled, slow: float, *, with_plans: bool) -> None:
    """Print the questions of the pages of a database that take longer than `slow` microseconds."""
    print(f"\nquestions at {database.name} that take longer than {slow:.0f} us")
    for page in database.pages():
        costs = cost_of_questions(page)
        total = sum(cost for cost, _question, _plan in costs)
        print(f"{page.label:44}{len(costs):4} questions{total:9.0f} us")
        for cost, question, plan in costs:
            if cost > slow:
                words = re.sub(r"\s+", " ", question.statement)
                print(f"{cost:9.0f} us  {words if with_plans else words[:140]}")
                print("".join(f"{'':14}{line}\n" for line in plan), end="")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--calls", type=int, default=10)
    parser.add_argument("--slow", type=float, default=500)
    parser.add_argument("--plans", action="store_true", help="the whole text of what is slow")
    options = parser.parse_args()
    databases = [
        Filled(folder.name, Place.at(folder).filled().portal(ACCESS_LOG="off"))
        for folder in options.folders
    ]
    if options.rounds:
        report_pages(databases, options.rounds, options.calls)
    report_questions(databases[-1], options.slow, with_plans=options.plans)


if __name__ == "__main__":
    main()
