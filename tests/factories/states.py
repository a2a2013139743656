"""The way through a lifecycle to a state, with the history that it leaves."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import wraps
from itertools import count
from typing import ParamSpec, TypeVar

from portal.accounts.models import Account
from portal.core.db import Base, db, in_write_section, write_section
from portal.lifecycle import LIFECYCLES, Stateful, Step
from portal.services import history

GROUND = "other"
REASON = "Dit past niet bij de spelregels."

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")

_numbers = count(1)


def number() -> int:
    """Return a number that no other thing has."""
    return next(_numbers)


def bring_to(
    item: Stateful,
    state: str,
    *,
    by: Account | None,
    reason: str = REASON,
    but: tuple[str, ...] = (),
) -> None:
    """Take the shortest way from nothing to `state`, without the steps in `but`; not committed."""
    first, *further = _way(item.thing, state, but)
    history.create(item, first.name, by=by)  # type: ignore[arg-type]
    for step in further:
        why = {"ground": GROUND, "reason": reason} if step.needs_reason else {}
        history.advance(item, step.name, by=by, **why)  # type: ignore[arg-type]


def _way(thing: str, state: str, but: tuple[str, ...]) -> list[Step]:
    steps = [step for step in LIFECYCLES[thing].values() if step.name not in but]
    ways = deque([step] for step in steps if step.is_first)
    seen = set()
    while ways:
        way = ways.popleft()
        here = way[-1].target
        if here == state:
            return way
        if here not in seen:
            seen.add(here)
            ways.extend([*way, step] for step in steps if here in step.sources and step.target)
    raise ValueError(f"no step leads a {thing} to {state!r}")


def committed(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Let a factory write as the portal does, beside a served portal that writes as well.

    Inside a write section (of a test, or of a factory that called it) it only adds.
    """

    @wraps(make)
    def making(*arguments: Arguments.args, **named: Arguments.kwargs) -> Made:
        if in_write_section():
            return make(*arguments, **named)
        db.session.commit()
        with write_section():
            return make(*arguments, **named)

    return making


def add(item: Base) -> None:
    """Add a row to the session, and give it its id."""
    db.session.add(item)
    db.session.flush()
