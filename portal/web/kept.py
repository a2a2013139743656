"""Parts of pages, kept for as long as everything that they are made of stays the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any

from flask import current_app, request
from markupsafe import Markup
from sqlalchemy import Row

MOST = 400
# A stranger chooses how long an address is, and a page repeats it: what is kept has an end in
# characters as well, a single part included.
MOST_CHARACTERS = 16_000_000
LONGEST = 200_000
SCALARS = {str, int, bool, date, datetime, type(None)}

Render = Callable[[], str]


class KeptParts:
    """The last parts that were rendered, each by what it was made of; the oldest give way.

    There is nothing to invalidate and nothing grows old: what changed is another key. So no
    process shows what was withdrawn, and none needs to hear it from the others.
    """

    def __init__(self, most: int = MOST, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most
        self._most_characters = most_characters
        self._characters = 0
        self._parts: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._parts)

    def part(self, key: Hashable, render: Render) -> Markup:
        """Return the part that belongs to `key`; render it, and keep it, when there is none."""
        with self._lock:
            found = self._parts.get(key)
            if found is not None:
                self._parts.move_to_end(key)
                return found
        made = Markup(render())  # noqa: S704
        if len(made) <= LONGEST:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Markup) -> None:
        with self._lock:
            before = self._parts.pop(key, "")
            self._parts[key] = made
            self._characters += len(made) - len(before)
            while len(self._parts) > self._most or self._characters > self._most_characters:
                self._characters -= len(self._parts.popitem(last=False)[1])


def kept_part(name: str, made_of: Any, render: Render) -> Markup:
    """Return the part `name` of a page in the language of the request.

    `made_of` holds all that `render` shows (rows, dataclasses, scalars): who looks at it as well,
    where that matters. Nothing with a key against forgery belongs in a part.
    """
    parts: KeptParts | None = current_app.extensions.get("portal_kept_parts")
    if parts is None:
        parts = current_app.extensions.setdefault("portal_kept_parts", KeptParts())
    return parts.part((name, request.script_root, frozen(made_of)), render)


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
        return tuple([frozen(getattr(value, field.name)) for field in fields(value)])
    if isinstance(value, Mapping):
        return tuple([(key, frozen(found)) for key, found in value.items()])
    found: Hashable = value
    return found
