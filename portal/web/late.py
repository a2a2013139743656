"""Names for templates whose values are computed only for a template that mentions them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg, missing


class Later:
    """A value that is computed when a template that mentions its name is rendered."""

    __slots__ = ("compute",)

    def __init__(self, compute: Callable[[], object]) -> None:
        self.compute = compute


class PortalContext(Context):
    """The names of a template, of which the value of a late one is computed once; and its calls."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: object = None,
    ) -> None:
        # The globals of all templates are the same: a template that imports another need not
        # compare them, name by name, to know that its macros are those that are ready.
        super().__init__(environment, parent, name, blocks)

    def resolve_or_missing(self, key: str) -> object:
        """Return the value of a name, or `missing`."""
        if key in self.vars:
            return self.vars[key]
        value: object = self.parent.get(key, missing)
        if type(value) is Later:
            value = self.parent[key] = value.compute()
        return value

    def call(self, named: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a template calls; macros and functions without asking what they could be."""
        kind = type(named)
        if kind is Macro:
            takes = _PassArg.eval_context
        elif kind is FunctionType:
            takes = named.__dict__.get("jinja_pass_arg")
        else:
            return super().call(named, *args, **kwargs)
        if takes is _PassArg.context:
            return super().call(named, *args, **kwargs)
        # For what takes the context.
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        if takes is _PassArg.eval_context:
            return named(self.eval_ctx, *args, **kwargs)
        if takes is _PassArg.environment:
            return named(self.environment, *args, **kwargs)
        return named(*args, **kwargs)
