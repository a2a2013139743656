"""Every act is a row of a table: what code takes stands in one, and what stands there is taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from portal.lifecycle import LIFECYCLES

PORTAL = Path(__file__).parent.parent / "portal"
# What takes or checks a step, and which of its arguments names it.
TAKERS = {"advance": 1, "create": 1, "record": 1, "hold": 1, "create_row": 2}
HISTORY = "portal.services.history"


def _modules() -> list[ast.Module]:
    return [ast.parse(path.read_text()) for path in sorted(PORTAL.rglob("*.py"))]


def _takers_in(module: ast.Module) -> dict[str, int]:
    """Return the functions by which a module takes steps, with the place of the step's name."""
    found = {
        name.name: TAKERS[name.name]
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module == HISTORY
        for name in node.names
        if name.name in TAKERS
    }
    for function in module.body:
        # A function that hands the name on takes steps as well.
        if isinstance(function, ast.FunctionDef):
            names = [argument.arg for argument in function.args.args]
            for call in _calls(function, found):
                step = call.args[found[_name(call)]]
                if isinstance(step, ast.Name) and step.id in names:
                    found[function.name] = names.index(step.id)
    return found


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _calls(tree: ast.AST, takers: dict[str, int]) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _name(node) in takers
        and len(node.args) > takers[_name(node)]
    ]


def taken() -> Iterator[str]:
    """Return the name of every step and act that code takes or records."""
    for module in _modules():
        takers = _takers_in(module)
        for call in _calls(module, takers):
            named = call.args[takers[_name(call)]]
            parts = [named.body, named.orelse] if isinstance(named, ast.IfExp) else [named]
            for part in parts:
                if isinstance(part, ast.Constant):
                    yield str(part.value)
                else:
                    assert isinstance(part, ast.Name), f"no name: {ast.unparse(call)}"


def test_it_takes_no_step_that_no_table_knows() -> None:
    known = {name for rows in LIFECYCLES.values() for name in rows}
    assert set(taken()) <= known


def test_it_takes_every_row_of_every_table_somewhere() -> None:
    names = set(taken())
    for thing, rows in LIFECYCLES.items():
        assert set(rows) <= names, thing
