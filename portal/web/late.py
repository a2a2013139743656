"""Names that templates may mention whose values are found only where one of them does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context
from jinja2.utils import missing


class Later:
    """A value that is found when a template begins that mentions it, and not where none does."""

    __slots__ = ("find",)

    def __init__(self, find: Callable[[], Any]) -> None:
        self.find = find


class PortalContext(Context):
    """The names of a template; the value of a late one is found once."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return the value of a name, or `missing`."""
        if key in self.vars:
            return self.vars[key]
        found = self.parent.get(key, missing)
        if type(found) is Later:
            found = self.parent[key] = found.find()
        return found
