"""Which tests a run takes, and what it counts: plug-in of every run.

A test is pure when nothing that it asks for leads to the database: it runs once. The others run on
SQLite and on PostgreSQL. Nothing is marked by hand, so nothing can be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

KINDS = ("all", "pure", "database")
# Fixtures: whoever asks for these, by whatever way, needs a database, or Chromium.
DATABASE, BROWSER = "database", "playwright"
SCRIPTS = {True: "with scripts", False: "without scripts"}

collected = pytest.StashKey[list[pytest.Item]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kind", choices=KINDS, default="all", help="which tests, by what they need")
    parser.addoption("--no-browser", action="store_true", help="leave out what needs Chromium")
    parser.addoption("--counts", type=Path, help="write what came of each test to this file")


def kind_of(fixtures: Iterable[str]) -> str:
    """Return "pure" or "database", by all the fixtures that a test leads to."""
    return "database" if DATABASE in fixtures else "pure"


def fixtures_of(item: pytest.Item) -> set[str]:
    """Return every fixture that this test leads to."""
    return set(getattr(item, "fixturenames", ()))


def is_wanted(fixtures: set[str], kind: str, *, no_browser: bool) -> bool:
    """Return whether a run of this kind takes a test with these fixtures."""
    if no_browser and BROWSER in fixtures:
        return False
    return kind in ("all", kind_of(fixtures))


def scripts_for(test: str, database: str) -> bool:
    """Return whether the browser runs scripts in this test on this database.

    On the other database it is the other way round: each test is done on both, and in both ways.
    """
    return bool(crc32(test.encode()) & 1) is (database == "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "scripts" in metafunc.fixturenames:
        database = metafunc.config.getoption("--database")
        scripts = scripts_for(metafunc.definition.nodeid, database)
        metafunc.parametrize("scripts", [scripts], ids=[SCRIPTS[scripts]], indirect=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[collected] = list(items)
    kind, no_browser = config.getoption("--kind"), config.getoption("--no-browser")
    wanted, left = [], []
    for item in items:
        is_in = is_wanted(fixtures_of(item), kind, no_browser=no_browser)
        (wanted if is_in else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
    if hasattr(config, "workerinput"):
        # Processes share these tests: the last ones must be short, so that none waits for another.
        wanted.sort(key=_shortness)
    items[:] = wanted


def _shortness(item: pytest.Item) -> int:
    """Return 0 for what asks for more time than others do, and more for what takes less."""
    fixtures = fixtures_of(item)
    is_short = [item.get_closest_marker("timeout") is None, BROWSER not in fixtures]
    return next((place for place, short in enumerate(is_short) if not short), len(is_short))


class Counter:
    """Writes down what came of each test, in the process that hears of all of them."""

    def __init__(self, file: Path, server: str) -> None:
        self._file = file
        self._server = server
        self._collected = 0
        self._outcomes: dict[str, str] = {}
        self._seconds: dict[str, float] = {}
        self._spent: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid
        self._seconds[name] = self._seconds.get(name, 0) + report.duration
        self._spent[name] = self._spent.get(name, 0) + getattr(report, "spent", 0)
        if report.failed:
            self._outcomes[name] = "failed"
        elif report.skipped or (report.passed and report.when == "call"):
            self._outcomes.setdefault(name, report.outcome)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._outcomes[report.nodeid] = "failed"

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self._collected = getattr(node, "workeroutput", {}).get("collected", self._collected)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        found = {
            "server": self._server,
            "collected": self._collected or len(session.config.stash.get(collected, [])),
            "outcomes": self._outcomes,
            "seconds": {name: round(seconds, 2) for name, seconds in self._seconds.items()},
            "spent": {name: round(seconds, 2) for name, seconds in self._spent.items()},
        }
        self._file.parent.mkdir(exist_ok=True)
        self._file.write_text(json.dumps(found, indent=1))


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["collected"] = len(session.config.stash.get(collected, []))


def count(config: pytest.Config, server: str) -> None:
    """Let a run that was asked to count do so; only its first process hears of every test."""
    file = config.getoption("--counts")
    if file is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Counter(file, server))
