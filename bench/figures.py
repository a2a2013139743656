"""Every goal beside what was measured: each program adds its figures, one writes the page.

python -m bench.figures [--folder data/bench] [--page docs/performance.md]
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import sqlite3
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.place import FOLDER

PAGE = Path("docs/performance.md")
MISSING = "not measured"


@dataclass(frozen=True)
class Goal:
    """What is to be reached; with `is_least`, more is better."""

    key: str
    label: str
    must: float
    aim: float
    unit: str = ""
    is_least: bool = False
    # The key of what the server reaches with an app that does nothing else, in the same run.
    ceiling: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether there is anything to reach."""
        return not math.isnan(self.must)

    def judged(self, value: float) -> str:
        """Return whether a figure is enough; nothing where no goal says so."""
        if not self.is_judged:
            return ""
        for word, bound in (("aim", self.aim), ("must", self.must)):
            if value >= bound if self.is_least else value <= bound:
                return word
        return "**not met**"


# Of a figure that is told beside a goal, and has none of its own.
TOLD = (math.nan, math.nan)
GOALS = (
    Goal(
        "kept_nginx",
        "a kept page / nginx with the same bytes (brotli)",
        *(0.35, 0.60, "", True, "least_nginx"),
    ),
    Goal("kept_nginx_plain", "the same, not packed", 0.35, 0.60, "", True, "least_nginx_plain"),
    Goal("kept_cpu", "processor time of a kept page", 60, 35, "us", False, "least_cpu"),
    Goal(
        "unchanged_nginx",
        "304 of a public page / nginx's 304",
        *(0.35, 0.60, "", True, "least_unchanged"),
    ),
    Goal("commitment_cpu", "commitment with 50 comments, nothing kept, in process", 1.0, 0.5, "ms"),
    Goal("commitment_wordpress", "the same / WordPress uncached", 25, 35, "x", True),
    Goal("signed_in", "signed in / anonymous with nothing kept, processor time", 1.4, 1.2),
    Goal("overview_drawn", "where we stand, above an empty page: drawn anew", 3, 2, "ms"),
    Goal("overview_counted", "the same, its figures counted anew as well", 3, 2, "ms"),
    Goal("growth", "page, list, desk at 1M comments / at 1k, in process", 1.15, 1.05),
    Goal("list_query", "the slowest list query at 1M", 2, 1, "ms"),
    Goal("post_cpu", "processor time of a post as served, FULL", 2.5, 1.6, "ms"),
    Goal("post_wordpress", "posts / WordPress", 8, 15, "x", True),
    Goal("post_p99", "p99 of posts, quiet disk", 120, 50, "ms"),
    Goal("desk_wordpress", "moderation list / WordPress", 35, 60, "x", True),
    Goal("page_bytes", "HTML of 50 comments as sent", 8, 5, "kB"),
    Goal("first_visit", "first visit, any page", 90, 70, "kB"),
    Goal("search_ranked", "search, the best first, p95 in the database", 15, 15, "ms"),
    Goal("search_newest", "search, the newest first, p95 in the database", 5, 5, "ms"),
    Goal("search_ranked_commonest", "the same of the commonest word, best first", *TOLD, "ms"),
    Goal("search_newest_commonest", "the same of the commonest word, newest first", *TOLD, "ms"),
    Goal("search_index", "the index of words of 100,000 comments made", 120, 120, "s"),
    Goal("search_ranked_postgresql", "PostgreSQL: search, the best first, p95", 15, 15, "ms"),
    Goal("search_newest_postgresql", "PostgreSQL: search, the newest first, p95", 5, 5, "ms"),
    Goal(
        "search_ranked_commonest_postgresql",
        "PostgreSQL: of the commonest word, the best first",
        *TOLD,
        "ms",
    ),
    Goal(
        "search_newest_commonest_postgresql",
        "PostgreSQL: of the commonest word, the newest first",
        *TOLD,
        "ms",
    ),
    Goal("search_index_postgresql", "PostgreSQL: the index made", 120, 120, "s"),
    Goal("intake", "342 signatories and 2,000 promises brought in, processor time", 60, 60, "s"),
    Goal("memory", "memory of a web process after an hour of load", 200, 150, "MB"),
)


def record(folder: Path, program: str, **values: float) -> None:
    """Note what a program measured; what it measured before is replaced."""
    known = {key for goal in GOALS for key in (goal.key, goal.ceiling)}
    if not values.keys() <= known:
        raise KeyError(f"no goal has the name {sorted(values.keys() - known)}")
    place = folder / "figures.json"
    figures = json.loads(place.read_text()) if place.exists() else {}
    for key, value in values.items():
        figures[key] = {
            "value": round(value, 3),
            "program": program,
            "on": date.today().isoformat(),
            "load": round(os.getloadavg()[0], 1),
        }
    place.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n")


def page_of(figures: dict[str, dict[str, object]]) -> str:
    """Return the page: the machine, and every goal beside its figure."""
    lines = [
        "# Goals and figures",
        "",
        "Made by `make bench`; written by hand it would be out of date. Every figure is a ratio "
        "between two programs in one run, or processor time as the system counts it; `load` is "
        "what else the machine did. `python -m bench.kept` needs Debian's `nginx-light` and `wrk`.",
        "",
        f"{os.cpu_count()} processors, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version} with `synchronous=FULL`; two web processes, "
        "16 connections.",
        "",
        "The server alone is the same server with an app that only sends bytes it has "
        "(`bench/ceiling.py`): where that does not reach a goal, no code of the portal can.",
        "",
        "| Goal | Must | Aim | Measured | The server alone | Reached | By | On | Load |",
        "| --- | --: | --: | --: | --: | --- | --- | --- | --: |",
    ]
    for goal in GOALS:
        figure = figures.get(goal.key)
        sign, unit = ("≥" if goal.is_least else "≤"), f" {goal.unit}" if goal.unit else ""
        bounds = f"| {goal.label} | {sign} {goal.must:g}{unit} | {sign} {goal.aim:g}{unit} |"
        if not goal.is_judged:
            bounds = f"| {goal.label} | | |"
        if figure is None:
            lines.append(f"{bounds} {MISSING} | | | | | |")
            continue
        value = float(str(figure["value"]))
        alone = figures.get(goal.ceiling)
        ceiling = f"{float(str(alone['value'])):g}{unit}" if alone else ""
        told = f" {value:g}{unit} | {ceiling} | {goal.judged(value)} | `{figure['program']}` |"
        lines.append(f"{bounds}{told} {figure['on']} | {figure['load']} |")
    return "\n".join(lines) + "\n"


def write(folder: Path, page: Path) -> None:
    """Write the page of what was measured on the place in this folder."""
    place = folder / "figures.json"
    page.write_text(page_of(json.loads(place.read_text()) if place.exists() else {}))
    print(f"wrote {page}")


def main() -> int:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--page", type=Path, default=PAGE)
    chosen = parser.parse_args()
    write(chosen.folder, chosen.page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
