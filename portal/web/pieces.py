"""How templates get and write their values: asked for late, and joined without a wrapper each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

ESCAPED: Callable[[str], str] = _escape_inner


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


def shown(value: Any) -> str:
    """Return `value` as it stands in HTML.

    The same text as `escape` makes of it; only the wrapper is left out, since what is written by a
    template is joined at once, and making one for each piece takes longer than the escaping.
    """
    kind = type(value)
    if kind is str:
        return ESCAPED(value)
    if kind is int:
        return str(value)
    found: str = value if kind is Markup else escape(value)
    return found


class Pieces(CodeGenerator):
    """Lets compiled templates write their values with `shown`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)
