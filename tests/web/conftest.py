"""A portal with routes of the test's own beside its real ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Blueprint, Flask

from portal.core.db import db
from portal.web.guard import check_doors
from tests.harness.client import Client

Adds = Callable[[Blueprint], None]


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
