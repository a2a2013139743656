"""Queries and actions run in a worker, an export or a command as they do in a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, has_request_context
from werkzeug.exceptions import NotFound

from portal.core.db import db, write_section
from portal.core.errors import PortalError
from tests.rooms.every_function import Values, functions_of, named
from tests.rooms.world import fill, values

# What a reader would get to see as well: nothing there, or a refusal in words.
REFUSALS = (NotFound, PortalError)


# One call that works is enough, and the others are quick: they are refused.
UNTIL_IT_WORKS = 400


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


@pytest.mark.parametrize("room", ["queries", "actions"])
def test_it_needs_no_request(app: Flask, room: str) -> None:
    fill()
    assert not has_request_context()
    functions = functions_of(room)
    assert len(functions) > 80
    known = values()
    outcomes = (_outcome(function, known) for function in functions)
    faults = [outcome for outcome in outcomes if outcome is not None]
    assert not faults, "\n" + "\n".join(faults)
