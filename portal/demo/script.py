"""The script of the demo: content from files, and the moments at which it happens."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.core.clock import AMSTERDAM

if TYPE_CHECKING:
    from portal.demo.stage import Stage

CONTENT = Path(__file__).parent / "content"
# The time between two steps of a thing when the script does not say when the next one comes.
NEXT_STEP = timedelta(hours=20, minutes=25)

# A table of a TOML file: an organisation, a commitment, a step of it, a comment.
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One write of the demo, such as posting a comment, and the moment at which it happens."""

    at: datetime
    play: Callable[[Stage], None]


@cache
def organisations() -> dict[str, Entry]:
    """Return the entry of every organisation by its key, in the order of the files."""
    files = sorted((CONTENT / "organisaties").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text()) for path in files}


@cache
def articles() -> dict[str, Entry]:
    """Return the entry of every article by its key; `body` is the text below the three dashes."""
    entries: dict[str, Entry] = {}
    for path in sorted((CONTENT / "nieuws").glob("*.md")):
        head, _line, body = path.read_text().partition("\n---\n")
        entries[path.stem] = {**tomllib.loads(head), "body": body.strip()}
    return entries


@cache
def table(name: str) -> Entry:
    """Return the content of one file: "people" for people.toml."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def moment(text: str, now: datetime) -> datetime:
    """Return the moment that the script names, at the latest five minutes before `now`.

    "2021-03-04 10:15" is a moment in Amsterdam, "-3 10:15" the same hour three days before `now`.
    """
    first, _space, hour = text.partition(" ")
    if first.startswith("-"):
        day = now.astimezone(AMSTERDAM).date() - timedelta(days=int(first[1:]))
    else:
        day = date.fromisoformat(first)
    named = datetime.fromisoformat(f"{day}T{hour or '10:00'}").replace(tzinfo=AMSTERDAM)
    return min(named, now - timedelta(minutes=5))


def steps_of(thing: Entry, began: datetime, now: datetime) -> Iterator[tuple[datetime, Entry]]:
    """Yield the steps of a thing with their moments; one without comes NEXT_STEP after the last."""
    at = began
    for step in thing.get("steps", ()):
        at = moment(step["at"], now) if "at" in step else min(at + NEXT_STEP, now)
        yield at, step
