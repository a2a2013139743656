"""Names for templates whose values are computed only for a template that mentions them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg, missing
from markupsafe import Markup

from portal.core.i18n import current_locale

# Macros whose words depend on nothing but what they are given and the language. A page has dozens
# of calls with the same few values.
SAME_FOR_ALL = frozenset({"badge", "icon", "spoken", "status", "unchecked"})
# Markup equals the same text, and 1 equals True, though a page shows them otherwise.
PLAIN = {str, type(None)}
MOST = 4096
FUNCTIONS = {FunctionType, MethodType, type(lru_cache(str))}


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
        takes: _PassArg | None = None
        if kind is Macro:
            if named.name in SAME_FOR_ALL and PLAIN.issuperset(map(type, args)):
                return self._remembered(named, args, kwargs)
            takes = _PassArg.eval_context
        elif kind in FUNCTIONS:
            # A method has what its function has, and so has one that remembers.
            takes = getattr(named, "jinja_pass_arg", None)
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

    def _remembered(self, macro: Macro, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Return what a macro gives that is the same for all, drawn once for a language."""
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        if not self.eval_ctx.autoescape or not PLAIN.issuperset(map(type, kwargs.values())):
            return macro(self.eval_ctx, *args, **kwargs)
        return _drawn(macro, current_locale(), args, tuple(kwargs.items()))


@lru_cache(MOST)
def _drawn(
    macro: Macro, _locale: str, args: tuple[Any, ...], named: tuple[tuple[str, Any], ...]
) -> Markup:
    return Markup(macro(*args, **dict(named)))  # noqa: S704
