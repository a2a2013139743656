"""What templates show, escaped: as text, without an object of markup for each word of a page."""

from __future__ import annotations

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


def shown(value: object) -> str:
    """Return a value as it stands in HTML: markup as it is, all else escaped."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    if kind is str:
        text: str = _escape_inner(value)  # type: ignore[arg-type]
        return text
    return str(value) if kind is int else escape(value)


class PortalCode(CodeGenerator):
    """Lets compiled templates call `shown` of their environment for what they put into a page.

    Jinja's own way makes an object of markup of each, which is joined as text a moment later.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)  # type: ignore[arg-type]
