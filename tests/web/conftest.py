"""A portal with routes of the test's own beside its real ones."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Blueprint, Flask

from portal.core.db import db
from portal.web.guard import check_doors
from portal.web.log import JsonLine, logger
from tests.harness.client import Client

Adds = Callable[[Blueprint], None]
LogLines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def scratch(make_app: Callable[..., Flask]) -> Iterator[Callable[..., Client]]:
    """Return a visitor of a portal with more routes: scratch(add, RATE_LIMITS="on")."""
    made: list[Flask] = []

    def start(add: Adds, **environment: str) -> Client:
        app = make_app(**environment)
        made.append(app)
        more = Blueprint("scratch", __name__)
        add(more)
        app.register_blueprint(more)
        check_doors(app)
        return Client(app)

    yield start
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def log_lines() -> Iterator[LogLines]:
    """Return what was logged since the test began, read as the JSON that each line is."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logger.removeHandler(handler)
