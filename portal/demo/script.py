"""The script of the demo: content from files, turned into acts that each have their moment."""

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
# How long somebody takes for the next step when the script does not say.
NEXT_STEP = timedelta(hours=20, minutes=25)

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody does at a moment."""

    at: datetime
    play: Callable[[Stage], None]


@cache
def organisations() -> dict[str, dict[str, Any]]:
    """Return key -> what the script says of an organisation, in the order of the files."""
    files = sorted((CONTENT / "organisaties").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text()) for path in files}


@cache
def articles() -> dict[str, dict[str, Any]]:
    """Return key -> an article; its text stands below the line of three dashes."""
    found = {}
    for path in sorted((CONTENT / "nieuws").glob("*.md")):
        head, _line, body = path.read_text().partition("\n---\n")
        found[path.stem] = {**tomllib.loads(head), "body": body.strip()}
    return found


@cache
def table(name: str) -> dict[str, Any]:
    """Return the content of one file, people.toml for one."""
    return tomllib.loads((CONTENT / f"{name}.toml").read_text())


def moment(words: str, now: datetime) -> datetime:
    """Return the moment that the script names, never one that is still to come.

    "2021-03-04 10:15" is a moment in Amsterdam, "-3 10:15" the same hour three days before `now`.
    """
    first, _space, hour = words.partition(" ")
    if first.startswith("-"):
        day = now.astimezone(AMSTERDAM).date() - timedelta(days=int(first[1:]))
    else:
        day = date.fromisoformat(first)
    found = datetime.fromisoformat(f"{day}T{hour or '10:00'}").replace(tzinfo=AMSTERDAM)
    return min(found, now - timedelta(minutes=5))


def steps_of(thing: Words, began: datetime, now: datetime) -> Iterator[tuple[datetime, Words]]:
    """Yield the steps of a thing with their moments; without one it comes NEXT_STEP later."""
    at = began
    for step in thing.get("steps", ()):
        at = moment(step["at"], now) if "at" in step else min(at + NEXT_STEP, now)
        yield at, step
