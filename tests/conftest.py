"""Fixtures of all tests; what they are made of stands in tests/harness."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

pytest.register_assert_rewrite("tests.harness", "tests.factories")
pytest_plugins = [
    "tests.harness.kinds",
    "tests.harness.log_fixtures",
    "tests.harness.log_watch",
    "tests.harness.memory",
    "tests.harness.served_fixtures",
    "tests.harness.spent",
]

from portal.accounts.models import Account  # noqa: E402
from portal.core import clock  # noqa: E402
from portal.core.db import db  # noqa: E402
from tests.harness import databases, kinds, portal  # noqa: E402
from tests.harness.browser import chromium_version  # noqa: E402
from tests.harness.client import Client  # noqa: E402
from tests.harness.mailbox import Mailbox, MailServer  # noqa: E402

DATABASE = pytest.StashKey[databases.Database]()
SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    databases.run_folder()
    which = "none" if config.getoption("--kind") == "pure" else config.getoption("--database")
    config.stash[DATABASE] = databases.DATABASES[which]()
    kinds.count(config, config.stash[DATABASE].version())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[DATABASE].stop()


def pytest_report_header(config: pytest.Config) -> list[str]:
    server = MailServer()
    lines = [config.stash[DATABASE].version(), server.greeting()]
    server.stop()
    if not config.getoption("--no-browser"):
        lines.append(chromium_version())
    return [f"real service: {line}" for line in lines]


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this process among those that share the tests."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> databases.Database:
    """The database under test, with its template migrated."""
    found = request.config.stash[DATABASE]
    folder = databases.run_folder() / "template"
    found.prepare(lambda url: portal.migrate(url, folder))
    return found


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def app_of_worker(database: databases.Database, worker: str, mail_server: MailServer) -> Flask:
    folder = databases.run_folder() / worker
    return portal.make_portal(database.create(f"portal_{worker}"), folder, mail_server)


@pytest.fixture
def app(app_of_worker: Flask, database: databases.Database, worker: str) -> Iterator[Flask]:
    """The portal on an empty database, its context open for factories and actions."""
    database.reset(f"portal_{worker}")
    with app_of_worker.app_context():
        yield app_of_worker
        db.session.rollback()


@pytest.fixture
def make_app(app: Flask, mail_server: MailServer) -> Callable[..., Flask]:
    """Make a second portal on the same data with other settings: make_app(RATE_LIMITS="on")."""
    found = app.extensions["portal_settings"]

    def make(**environment: str) -> Flask:
        return portal.make_portal(found.database_url, found.data_dir, mail_server, **environment)

    return make


@pytest.fixture
def client(app: Flask) -> Client:
    """A visitor."""
    return Client(app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Account | None], Client]:
    """Return a reader who is signed in as an account (None: a visitor)."""
    return lambda account: portal.signed_in(app, account)


@pytest.fixture
def mailbox(app: Flask, mail_server: MailServer) -> Iterator[Mailbox]:
    """What arrives at a real mail server; `mailbox.deliver()` lets the worker do its jobs."""
    found = Mailbox(mail_server, app)
    yield found
    found.come_back()


@pytest.fixture
def set_clock() -> Iterator[Callable[[datetime | None], None]]:
    """Stop the portal's clock at a moment, or let it run again with None."""
    yield clock.set_now
    clock.set_now(None)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real documents beside the checkout; without them a test steps aside, but not in CI."""
    if not SHARED_DATA.is_dir():
        words = f"{SHARED_DATA} is not here: what needs real documents steps aside"
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    return SHARED_DATA
