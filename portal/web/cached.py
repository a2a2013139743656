"""Pages and parts of pages, cached under everything that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from operator import attrgetter
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache
from flask import get_flashed_messages, request
from markupsafe import Markup
from sqlalchemy import Row

from portal.core import clock
from portal.core.db import Bound
from portal.web.person import viewer
from portal.web.templating import vereniging

MOST = 1000
# A stranger chooses how long an address is, and a page repeats it: so the cache is limited in
# characters as well, and so is a single part.
MOST_CHARACTERS = 24_000_000
LONGEST = 200_000
# Where a page says in the environ of its request how it writes its own address.
KEPT_AS = "portal.kept_as"

Render = Callable[[], str]
Freeze = Callable[[Any], Hashable]
Part = TypeVar("Part", bound=str | bytes)


class CachedParts:
    """The parts that were used last, each under what it was made of; the oldest give way.

    Nothing is invalidated and nothing expires: what changed has another key. So no process shows
    what was withdrawn, and none needs to hear it from the others.
    """

    def __init__(
        self, most: int = MOST, most_characters: int = MOST_CHARACTERS, longest: int = LONGEST
    ) -> None:
        self._most = most
        self._longest = longest
        self._parts: LRUCache[Hashable, Any] = LRUCache(most_characters, getsizeof=len)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, key: Hashable, make: Callable[[], Part]) -> Part:
        """Return the part under `key`; without one, make it, and cache it unless it is too long."""
        with self._lock:
            part: Part | None = self._parts.get(key)
        if part is not None:
            return part
        # Outside the lock: two threads may make the same part, but none waits for the other.
        made = make()
        if len(made) <= self._longest:
            self._store(key, made)
        return made

    def _store(self, key: Hashable, made: str | bytes) -> None:
        with self._lock:
            self._parts[key] = made
            while len(self._parts) > self._most:
                self._parts.popitem()


cached_parts: Bound[CachedParts] = Bound("cached_parts")


def cached_part(name: str, made_of: object, render: Render) -> Markup:
    """Return the part `name` of a page in the language of the request.

    `made_of` holds all that `render` shows (rows, dataclasses, scalars), the viewer as well where
    the part differs by viewer. Nothing with a key against forgery belongs in a part.
    """
    key = (name, request.script_root, frozen(made_of))
    return cached_parts().part(key, lambda: Markup(render()))  # noqa: S704


def cached_page(made_of: object, render: Render) -> str | bytes:
    """Return a whole page; to visitors from the cache, when `made_of` is the same.

    `made_of` holds all that `render` shows besides the frame of every page. A page on which two
    visitors see something different, such as a form with a key against forgery, must not be given
    here. A page with a query in its address is not cached: a stranger can think of any number.
    """
    if viewer().is_authenticated or request.query_string or get_flashed_messages():
        return render()
    # On paper a page says of which day it is.
    key = (request.script_root, request.path, vereniging(), clock.today(), frozen(made_of))
    return cached_parts().part(key, lambda: render().encode())


def keep_as(address: str) -> None:
    """Say how the page itself writes the address of this answer, arguments included.

    The whole answer is kept under that address alone, so that nobody fills the memory with values
    that the page leaves out.
    """
    request.environ[KEPT_AS] = address


def frozen(value: Any) -> Hashable:
    """Return the same values in nested tuples, which can be a key."""
    kind = type(value)
    try:
        freeze = _freezers[kind]
    except KeyError:
        freeze = _freezers[kind] = _freezer(kind)
    return freeze(value) if freeze is not None else value


# Looked for once: a page has hundreds of values, of a dozen kinds.
_freezers: dict[type, Freeze | None] = {}


def _freezer(kind: type) -> Freeze | None:
    """Return what freezes all values of a kind; None for a kind that can be in a key as it is."""
    if issubclass(kind, Row):
        return tuple
    if kind is list or kind is tuple:
        return lambda values: tuple(map(frozen, values))
    if is_dataclass(kind):
        read = attrgetter(*(field.name for field in fields(kind)))
        return lambda value: frozen(read(value))
    if issubclass(kind, Mapping):
        return lambda value: tuple([(key, frozen(item)) for key, item in value.items()])
    return None
