"""Queries and actions run in a worker, an export or a command as they do in a page."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

from flask import Flask, has_request_context
from werkzeug.exceptions import NotFound

from bench.plans import Question, questions
from portal.core.db import db, write_section
from portal.core.errors import PortalError
from tests.rooms.every_function import Values, functions_of, named
from tests.rooms.lists import BESIDE, LISTS
from tests.rooms.plans import WHOLE, by_query, unexplained
from tests.rooms.world import fill, values

# What a reader would get to see as well: nothing there, or a refusal in words.
REFUSALS = (NotFound, PortalError)


# One call that works is enough, and the others are quick: they are refused.
UNTIL_IT_WORKS = 400
# Every filter once with every order: a few dozen ways.
MOST_WAYS = 50


class Undone(Exception):
    """Ends a write section without keeping anything."""


def _call(function: Callable[..., Any], arguments: dict[str, Any]) -> bool:
    """Call, and take back what was written; return whether it went through."""
    try:
        with write_section():
            function(**arguments)
            db.session.flush()
            raise Undone
    except Undone:
        return True
    except REFUSALS:
        return False


def _outcome(function: Callable[..., Any], known: Values) -> str | None:
    """Return what is wrong with a function without a request, None when nothing is."""
    try:
        if any(_call(function, arguments) for arguments in known.calls(function, UNTIL_IT_WORKS)):
            return None
    except Exception as fault:  # whatever it is, it is told beside the others
        return f"{named(function)}: {type(fault).__name__}: {fault}"[:300]
    return f"{named(function)}: refused every time"


def _faults(room: str, known: Values, asked: dict[str, list[Question]]) -> list[str]:
    """Return what is wrong with the functions of a room; `asked` gets what each of them asks."""
    functions = functions_of(room)
    assert len(functions) > 80
    faults = []
    for function in functions:
        with questions(db.engine) as now:
            fault = _outcome(function, known)
        asked[named(function)] = now
        faults += [] if fault is None else [fault]
    return faults


def test_actions_need_no_request(app: Flask) -> None:
    fill()
    assert not has_request_context()
    faults = _faults("actions", values(), {})
    assert not faults, "\n" + "\n".join(faults)


def _ask_every_list(known: Values, asked: dict[str, list[Question]]) -> None:
    """Ask every query with a filter or an order in every way that `LISTS` names."""
    for function in functions_of("queries"):
        if {"filters", "order", "narrowing"} & signature(function).parameters.keys():
            with questions(db.engine) as now:
                for arguments in known.calls(function, MOST_WAYS):
                    _call(function, arguments)
            asked[named(function)] += now


# One world for both: making it and asking everything of it is what takes time.
def test_queries_need_no_request_and_read_no_table_that_grows(app: Flask) -> None:
    fill()
    assert not has_request_context()
    asked: dict[str, list[Question]] = {}
    faults = _faults("queries", values(), asked)
    assert not faults, "\n" + "\n".join(faults)

    _ask_every_list(values(LISTS), asked)
    for name, ask in BESIDE.items():
        with questions(db.engine) as asked[name]:
            ask()
    db.session.rollback()
    with db.engine.connect() as connection:
        whole = by_query(asked, connection)
    assert unexplained(whole) == {}
    if db.engine.dialect.name == "sqlite":
        assert WHOLE.keys() - whole.keys() == set()
