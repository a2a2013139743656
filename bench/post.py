"""What a posted comment costs in one process: processor time, and what the database is asked.

    python -m bench.post [--folder data/bench] [--rounds 10] [--calls 40] [--where]

The portal is called as a server would call it, on a copy of the large database: with
`synchronous=FULL`, limits counted (their number raised), a session, the key against forgery and a
one-time key for each post. `--where` adds the functions in which the time is spent.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import platform
import pstats
import re
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode
from uuid import uuid4

from flask import Flask
from sqlalchemy import event

from bench.page_cost import Page, environment_of
from bench.people import cookie_of
from bench.place import FOLDER, Place
from bench.post_comments import copy_of
from bench.sketch import make_hello
from bench.words import comment_text
from portal.core.db import db

PATH = "/reacties/7"
ACCOUNT = 1000


@dataclass
class Writer:
    """Somebody who is signed in, and posts one comment after another in this process."""

    app: Flask
    cookie: str
    key: str = ""
    number: count[int] = field(default_factory=count)

    def ask(self, body: bytes = b"") -> tuple[str, dict[str, str], str]:
        """Send a form, or open its page; return status, headers and page."""
        environ = environment_of(PATH)
        environ |= {"HTTP_COOKIE": self.cookie, "wsgi.input": io.BytesIO(body)}
        if body:
            environ["REQUEST_METHOD"] = "POST"
            environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
            environ["CONTENT_LENGTH"] = str(len(body))
        began: list[tuple[str, list[tuple[str, str]]]] = []
        answer = self.app(environ, lambda *started: began.append((started[0], started[1])))
        page = b"".join(answer).decode()
        if hasattr(answer, "close"):
            answer.close()
        return began[0][0], dict(began[0][1]), page

    def open(self) -> None:
        """Open the form once, as a browser does, for its key and the cookie that belongs to it."""
        _status, headers, page = self.ask()
        self.cookie = headers.get("Set-Cookie", self.cookie).split(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if found is None:
            raise SystemExit(f"{PATH} shows no form")
        self.key = found[1]

    def post(self) -> None:
        """Post a comment that nobody posted before."""
        text = f"{comment_text(Random(next(self.number) % 50))} {uuid4().hex}"
        fields = {"csrf_token": self.key, "once": uuid4().hex, "speaks_for": "0", "body": text}
        status, headers, _page = self.ask(urlencode(fields).encode())
        if not status.startswith("302"):
            raise SystemExit(f"a post was answered with {status} {headers}")


def statements_of(writer: Writer) -> list[str]:
    """Return what the database is asked for one post, in its order."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(" ".join(statement.split()))

    with writer.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    writer.post()
    event.remove(engine, "before_cursor_execute", note)
    return asked


def costs_of(writer: Writer, rounds: int, calls: int) -> list[tuple[float, float]]:
    """Return the milliseconds of processor time of a post, and of an empty answer, by round."""
    empty = Page("Flask says hello", make_hello(), "/")
    costs = []
    for _ in range(rounds):
        least = empty.cost(calls * 5) / 1000
        start = time.process_time()
        for _ in range(calls):
            writer.post()
        costs.append(((time.process_time() - start) / calls * 1000, least))
    return costs


def where_it_goes(writer: Writer, calls: int) -> str:
    """Return the functions in which a post spends most, as a table."""
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(calls):
        writer.post()
    profile.disable()
    table = io.StringIO()
    pstats.Stats(profile, stream=table).strip_dirs().sort_stats("tottime").print_stats(50)
    return table.getvalue()


def main() -> int:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--where", action="store_true", help="say in which functions time goes")
    options = parser.parse_args()
    with copy_of(Place.at(options.folder).filled()) as place:
        app = place.portal(RATE_LIMITS="on", LIMIT_COMMENT="1000000")
        writer = Writer(app, cookie_of(app, ACCOUNT))
        writer.open()
        costs_of(writer, 1, options.calls)
        asked = statements_of(writer)
        if options.where:
            print("\n".join(each[:150] for each in asked))
            print(where_it_goes(writer, 300))
        costs = costs_of(writer, options.rounds, options.calls)
        print(f"Python {platform.python_version()}, {options.rounds} rounds of {options.calls}")
        least, usual = min(cost for cost, _ in costs), median(cost for cost, _ in costs)
        print(f"a post: {least:.2f} ms at least, {usual:.2f} ms as a rule")
        print(f"an empty answer, times: {median(cost / empty for cost, empty in costs):.0f}")
        print(f"statements: {len(asked)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
