"""Names for templates whose values are computed only for a template that mentions them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.runtime import Context, Macro
from jinja2.utils import missing


class Later:
    """A value that is computed when a template that mentions its name is rendered."""

    __slots__ = ("compute",)

    def __init__(self, compute: Callable[[], object]) -> None:
        self.compute = compute


class PortalContext(Context):
    """The names of a template, of which the value of a late one is computed once; and its calls."""

    def resolve_or_missing(self, key: str) -> object:
        """Return the value of a name, or `missing`."""
        if key in self.vars:
            return self.vars[key]
        value: object = self.parent.get(key, missing)
        if type(value) is Later:
            value = self.parent[key] = value.compute()
        return value

    def call(self, named: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template calls; a macro without looking first what else it could be."""
        if type(named) is Macro:
            # For what takes the context, which a macro does not.
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return named(self.eval_ctx, *args, **kwargs)
        return super().call(named, *args, **kwargs)
