"""Reads along with the log during every test: no line may say who somebody is, or let them in."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator

import pytest
from sqlalchemy import event

from portal.accounts.models import Account
from portal.core.log import JsonLine, logger

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
# What opens something: a word as `new_token` makes it, of 43 letters, digits, - and _.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{43}(?![\w-])")
SHORTEST_NAME = 4


def told(lines: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return what these lines of a log tell that they may not: addresses, tokens, these names."""
    whole = "\n".join(lines)
    found = [match[0] for match in (*ADDRESS.finditer(whole), *TOKEN.finditer(whole))]
    for name in names:
        for written in {name, json.dumps(name)[1:-1]} if len(name) >= SHORTEST_NAME else ():
            # The slower search is for what stands there, if only as a part of another word.
            if written in whole and re.search(rf"(?<!\w){re.escape(written)}(?!\w)", whole):
                found.append(name)
    return found


class LogWatch(logging.Handler):
    """Keeps the lines and the people of one test."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.names: set[str] = set()
        self.setFormatter(JsonLine())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def begin(self) -> None:
        """Forget the test before."""
        self.lines.clear()
        self.names.clear()

    def know(self, _mapper: object, _connection: object, account: Account) -> None:
        """Know somebody by name from now on."""
        self.names.add(account.name)

    def faults(self, more: Iterable[str] = ()) -> list[str]:
        """Return what the log tells that it may not; `more` are the lines of other processes."""
        return told([*self.lines, *more], self.names)


WATCH = LogWatch()


def pytest_configure(config: pytest.Config) -> None:
    logger.addHandler(WATCH)
    event.listen(Account, "after_insert", WATCH.know)


@pytest.fixture(autouse=True)
def watched_log() -> Iterator[LogWatch]:
    """What the portal logs while this test runs; whom it betrays fails the test."""
    WATCH.begin()
    yield WATCH
    faults = WATCH.faults()
    assert not faults, f"the log tells {faults}:\n" + "\n".join(WATCH.lines)
