"""No bare state: code and templates name states by their enumerations, which search finds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from portal.web.templating import STATES

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for folder in ("portal", "bench")
    for path in (ROOT / folder).rglob("*.py")
    if path != ROOT / "portal" / "lifecycle" / "states.py"
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted(
    (ROOT / "templates").rglob("*.txt")
)
WORDS = {str(state) for kind in STATES.values() for state in kind}
# These mean something else as well: a step, a place in a file, a link that is dead.
COMMON = {
    "confirmed", "done", "draft", "open", "published", "refused", "replaced", "revoked", "set_back",
    "waiting",
}  # fmt: skip
IN_SQL = re.compile(r"\bstate\s*(=|<>|!=|(not\s+)?in)\s*\(?\s*'\w", re.IGNORECASE)
# Components that are given a state.
SHOW_STATES = {"status", "signature_stepper"}


def _is_state(node: ast.AST) -> bool:
    name = getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "arg", None)
    return isinstance(name, str) and "state" in name.lower()


def _words(*parts: ast.AST | None) -> Iterator[str]:
    for part in parts:
        for node in ast.walk(part) if part is not None else ():
            if isinstance(node, ast.Constant) and node.value in WORDS:
                yield str(node.value)


def _compared(node: ast.AST) -> Iterator[str]:
    """Return the bare states beside something that is called a state."""
    if isinstance(node, ast.Compare) and any(map(_is_state, (node.left, *node.comparators))):
        yield from _words(node.left, *node.comparators)
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and _is_state(node.func.value):
            yield from _words(*node.args)
        yield from _words(*(word.value for word in node.keywords if _is_state(word)))
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and "state" in str(key.value):
                yield from _words(value)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(map(_is_state, targets)):
            yield from _words(node.value)


def _is_enumeration(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        getattr(base, "id", "") == StrEnum.__name__ for base in node.bases
    )


def bare_in_code(source: str, *, is_bench: bool = False) -> set[str]:
    """Return the bare states in a module."""
    tree = ast.parse(source)
    enumerated = {
        id(inside) for node in ast.walk(tree) if _is_enumeration(node) for inside in ast.walk(node)
    }
    # The words that a template is given have names of their own.
    names = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    found = set()
    for node in ast.walk(tree):
        if id(node) in enumerated or id(node) in names:
            continue
        found |= set(_compared(node))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in WORDS - COMMON and not is_bench:
                found.add(node.value)
            if IN_SQL.search(node.value):
                found.add(node.value)
    return found


def bare_in_template(app: Flask, source: str) -> set[str]:
    """Return the bare states in a template."""
    tree = app.jinja_env.parse(source)
    found = {const.value for const in tree.find_all(nodes.Const) if const.value in WORDS - COMMON}
    for compare in tree.find_all(nodes.Compare):
        names = [*compare.find_all(nodes.Name), *compare.find_all(nodes.Getattr)]
        if any("state" in getattr(name, "attr", getattr(name, "name", "")) for name in names):
            found |= {word.value for word in compare.find_all(nodes.Const) if word.value in WORDS}
    for call in tree.find_all(nodes.Call):
        if getattr(call.node, "name", "") in SHOW_STATES:
            found |= {word.value for word in call.find_all(nodes.Const) if word.value in WORDS}
    return found


def test_it_names_states_by_their_enumeration() -> None:
    found = {
        str(path.relative_to(ROOT)): bare
        for path in CODE
        if (bare := bare_in_code(path.read_text(), is_bench=path.is_relative_to(ROOT / "bench")))
    }
    assert found == {}


def test_it_compares_with_enumerations_in_every_template(app: Flask) -> None:
    found = {
        str(path.relative_to(ROOT)): bare
        for path in TEMPLATES
        if (bare := bare_in_template(app, path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        'x.state == "open"',
        '"open" != state',
        'x.state in ("draft", "published")',
        'select(A).where(A.state.in_(["draft"]))',
        'make(state="open")',
        'row = {"state": "open"}',
        'state = "draft" if new else "published"',
        'CLOSED_STATES = ("open",)',
        'decided(x, "more_asked")',
        "text(\"state = 'open'\")",
    ],
)
def test_it_finds_a_bare_state_in_code(source: str) -> None:
    assert bare_in_code(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% if a.state == "open" %}{% endif %}',
        '{% if state in ("draft", "open") %}{% endif %}',
        '{{ status("draft") }}',
        '{% set place = {"more_asked": 2} %}',
    ],
)
def test_it_finds_a_bare_state_in_a_template(app: Flask, source: str) -> None:
    assert bare_in_template(app, source)
