"""What a page of the portal costs in this process, as a multiple of an empty Flask answer.

    python -m bench.page_cost [--folder data/bench] [--rounds 25] [--calls 15] [--where]

Both apps are called as a server would call them, in alternation, so that a noisy machine is noisy
for both. Nothing is switched off: language in the path, headers, doors, sign-in check, templates,
and the parts of pages that a process caches for as long as they are true; one row shows what a page
costs without any cached part, and one what its first reader costs after a change of anything
public, when what is counted once for each public mark is counted again.
`--where` adds the functions in which the time of the commitment page is spent.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import platform
import pstats
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from flask import Flask

from bench.figures import record
from bench.people import cookie_of
from bench.place import FOLDER, Place
from bench.sketch import make_hello
from portal.kept.packing import BROTLI, packed
from portal.web.cached import CachedParts, cached_parts
from portal.web.figures import KeptFigures, kept_figures

MOST = 35


def environment_of(address: str) -> dict[str, object]:
    """Return what a server hands to the app when a browser asks for this address."""
    path, _mark, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT_LANGUAGE": "nl,en;q=0.8",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


@dataclass(frozen=True)
class Page:
    """A page, and the reader that asks for it."""

    label: str
    app: Flask
    path: str
    cookie: str = ""
    # Nothing of it is cached from the time before.
    is_new: bool = False
    # Nor what was counted at the public mark of that time.
    is_first: bool = False

    def ask(self) -> tuple[str, bytes]:
        """Ask once; return the status and the page."""
        began: list[str] = []
        environment = environment_of(self.path)
        if self.cookie:
            environment["HTTP_COOKIE"] = self.cookie
        if self.is_new:
            cached_parts.bind(self.app, CachedParts())
        if self.is_first:
            kept_figures.bind(self.app, KeptFigures())
        answer = self.app(environment, lambda status, *_rest: began.append(status))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return began[0], body

    def cost(self, calls: int) -> float:
        """Return the microseconds of processor time of one call, over so many."""
        for _ in range(5):
            self.ask()
        start = time.process_time()
        for _ in range(calls):
            self.ask()
        return (time.process_time() - start) / calls * 1e6


def measure(pages: list[Page], rounds: int, calls: int) -> dict[str, float]:
    """Return the least that each page took in any round: its cost when nothing else runs.

    The empty answer, which is the first, is asked for again before each page.
    """
    empty, *others = pages
    costs: dict[str, list[float]] = {page.label: [] for page in pages}
    for _ in range(rounds):
        for page in others:
            costs[empty.label].append(empty.cost(calls * 10))
            costs[page.label].append(page.cost(calls))
    return {label: min(measured) for label, measured in costs.items()}


def where_it_goes(page: Page, calls: int) -> str:
    """Return the functions in which the page spends most, as a table."""
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(calls):
        page.ask()
    profile.disable()
    table = io.StringIO()
    pstats.Stats(profile, stream=table).strip_dirs().sort_stats("tottime").print_stats(45)
    return table.getvalue()


def pages_of(place: Place) -> list[Page]:
    """Return the empty answer first, then pages of the portal for visitors and people."""
    portal = place.portal()
    # As a browser sends it: the first form that a reader sees puts this key into the cookie.
    signed_in = cookie_of(portal, account_id=700, csrf=token_hex(20))
    moderator = cookie_of(portal, account_id=3, csrf=token_hex(20))
    busy = "/toezeggingen/toezegging-7"
    return [
        Page("Flask says hello", make_hello(), "/"),
        Page("commitment with 50 comments", portal, busy),
        Page("the same in English", portal, f"/en{busy}"),
        Page("the same, without cached parts", portal, busy, is_new=True),
        Page("the same, first after a change", portal, busy, is_new=True, is_first=True),
        Page("the same, signed in", portal, busy, signed_in),
        Page("the same, signed in, without them", portal, busy, signed_in, is_new=True),
        Page("the same, a moderator", portal, busy, moderator),
        Page("home", portal, "/"),
        Page("where we stand", portal, "/waar-staan-we"),
        Page("the same, drawn anew", portal, "/waar-staan-we", is_new=True),
        Page("the same, counted anew", portal, "/waar-staan-we", is_new=True, is_first=True),
        Page("where we stood", portal, "/waar-staan-we?peildatum=2023-12-31"),
        Page("list of commitments", portal, "/toezeggingen"),
        Page("list of signatories", portal, "/ondertekenaars"),
        Page("a signatory", portal, "/ondertekenaars/organisatie-7"),
        Page("desk of moderators", portal, "/werkvoorraad", moderator),
        Page("privacy", portal, "/privacy"),
        Page("privacy, drawn anew", portal, "/privacy", is_new=True),
        Page("health", portal, "/healthz"),
    ]


def report(place: Place, rounds: int, calls: int) -> float:
    """Print the table; return the ratio of the commitment page."""
    pages = pages_of(place)
    sizes = {}
    for page in pages:
        status, body = page.ask()
        sizes[page.label] = len(body)
        if not status.startswith("200"):
            raise SystemExit(f"{page.path} answers {status}: fill the database anew")
    costs = measure(pages, rounds, calls)
    least = costs[pages[0].label]
    print(f"Python {platform.python_version()}, {rounds} rounds of {calls} calls")
    print(f"{'page':32}{'us':>8}{'x hello':>9}{'kB':>7}")
    for label, cost in costs.items():
        print(f"{label:32}{cost:8.0f}{cost / least:9.1f}{sizes[label] / 1000:7.1f}")
    bare, frame = costs["the same, without cached parts"], costs["privacy, drawn anew"]
    record(
        place.folder,
        "bench.page_cost",
        commitment_cpu=bare / 1000,
        signed_in=costs["the same, signed in, without them"] / bare,
        overview_drawn=(costs["the same, drawn anew"] - frame) / 1000,
        overview_counted=(costs["the same, counted anew"] - frame) / 1000,
        page_bytes=len(packed(pages[1].ask()[1], BROTLI)) / 1000,
    )
    return costs[pages[1].label] / least


def main() -> int:
    """Read the command line and measure; 1 when the page costs more than it may."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--database")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--calls", type=int, default=15)
    parser.add_argument("--where", action="store_true", help="say in which functions time goes")
    options = parser.parse_args()
    place = Place.at(options.folder, options.database).filled()
    if options.where:
        page = pages_of(place)[1]
        page.cost(20)
        print(where_it_goes(page, 200))
        return 0
    ratio = report(place, options.rounds, options.calls)
    print(f"commitment page: {ratio:.1f} times an empty answer, at most {MOST} wanted")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
