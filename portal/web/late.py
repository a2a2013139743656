"""Names for templates whose values are computed only for a template that mentions them."""

from __future__ import annotations

from collections.abc import Callable

from jinja2.runtime import Context
from jinja2.utils import missing


class Later:
    """A value that is computed when a template that mentions its name is rendered."""

    __slots__ = ("compute",)

    def __init__(self, compute: Callable[[], object]) -> None:
        self.compute = compute


class PortalContext(Context):
    """The names of a template; the value of a late one is computed once."""

    def resolve_or_missing(self, key: str) -> object:
        """Return the value of a name, or `missing`."""
        if key in self.vars:
            return self.vars[key]
        value: object = self.parent.get(key, missing)
        if type(value) is Later:
            value = self.parent[key] = value.compute()
        return value
