"""Pages and parts of pages, kept for as long as everything that they are made of stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache
from flask import current_app, get_flashed_messages, request
from markupsafe import Markup
from sqlalchemy import Row

from portal.web.person import viewer
from portal.web.templating import vereniging

MOST = 1000
# A stranger chooses how long an address is, and a page repeats it: what is kept has an end in
# characters as well, a single part included.
MOST_CHARACTERS = 24_000_000
LONGEST = 200_000
SCALARS = {str, int, bool, date, datetime, type(None)}

Render = Callable[[], str]
Kept = TypeVar("Kept", bound=str | bytes)


class KeptParts:
    """The last parts that were rendered, each by what it was made of; the oldest give way.

    There is nothing to invalidate and nothing grows old: what changed is another key. So no
    process shows what was withdrawn, and none needs to hear it from the others.
    """

    def __init__(self, most: int = MOST, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._parts: LRUCache[Hashable, Any] = LRUCache(most_characters, getsizeof=len)
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return the part that belongs to `key`; make it, and keep it, when there is none."""
        with self._lock:
            found: Kept | None = self._parts.get(key)
        if found is not None:
            return found
        # Outside the lock: the same part may be made twice, but nobody waits for another's.
        made = make()
        if len(made) <= LONGEST:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: str | bytes) -> None:
        with self._lock:
            self._parts[key] = made
            while len(self._parts) > self._most:
                self._parts.popitem()


def kept_part(name: str, made_of: Any, render: Render) -> Markup:
    """Return the part `name` of a page in the language of the request.

    `made_of` holds all that `render` shows (rows, dataclasses, scalars): who looks at it as well,
    where that matters. Nothing with a key against forgery belongs in a part.
    """
    key = (name, request.script_root, frozen(made_of))
    return _parts().part(key, lambda: Markup(render()))  # noqa: S704


def kept_page(made_of: Any, render: Render) -> str | bytes:
    """Return a whole page; to visitors one that was rendered before of the same facts.

    `made_of` holds all that `render` shows besides the frame of every page. A page on which two
    visitors see something different, such as a form with a key against forgery, is not for here.
    An address with a query is not kept whole: a stranger can think of any number of those.
    """
    if viewer().is_authenticated or request.query_string or get_flashed_messages():
        return render()
    key = (request.script_root, request.path, vereniging(), frozen(made_of))
    return _parts().part(key, lambda: render().encode())


def _parts() -> KeptParts:
    found: KeptParts | None = current_app.extensions.get("portal_kept_parts")
    if found is None:
        found = current_app.extensions.setdefault("portal_kept_parts", KeptParts())
    return found


@cache
def _reader(kind: type) -> Callable[[Any], Any]:
    """Return how all fields of a dataclass are read in one go."""
    return attrgetter(*(field.name for field in fields(kind)))


def frozen(value: Any) -> Hashable:
    """Return the same facts in tuples."""
    kind = type(value)
    if kind in SCALARS:
        scalar: Hashable = value
        return scalar
    if kind is Row:
        return tuple(value)
    if kind is list or kind is tuple:
        return tuple([tuple(v) if type(v) is Row else frozen(v) for v in value])
    if is_dataclass(kind):
        return frozen(_reader(kind)(value))
    if isinstance(value, Mapping):
        return tuple([(key, frozen(found)) for key, found in value.items()])
    found: Hashable = value
    return found
