"""Fixtures with a served portal and a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.harness.browser import UNDRAWN, launch, open_page
from tests.harness.databases import Database
from tests.harness.mailbox import MailServer
from tests.harness.served import ServedPortal


@pytest.fixture(scope="session")
def served_of_worker(
    database: Database, worker: str, mail_server: MailServer
) -> Iterator[ServedPortal]:
    portal = ServedPortal(database, f"served_{worker}", mail_server)
    yield portal
    portal.close()


@pytest.fixture
def served(served_of_worker: ServedPortal) -> Iterator[ServedPortal]:
    """The portal as an operator runs it, on an empty database; factories write into it."""
    with served_of_worker.ready():
        yield served_of_worker


@pytest.fixture
def serve(
    database: Database, worker: str, mail_server: MailServer
) -> Iterator[Callable[..., ServedPortal]]:
    """Start a portal of the test's own, to be killed or set up differently: serve(PORT="...").

    `front="package.module:make_front"` serves with a front of the test's own;
    `is_loaded=False` begins with nothing loaded, as an operator does: four times as much work.
    """
    numbers = count()
    begun: list[ServedPortal] = []

    def start(*, front: str = "", is_loaded: bool = True, **environment: str) -> ServedPortal:
        name = f"own_{worker}_{next(numbers)}"
        portal = ServedPortal(
            database, name, mail_server, front, is_loaded=is_loaded, **environment
        )
        begun.append(portal)
        portal.start()
        return portal

    yield start
    for portal in begun:
        portal.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, once for all tests of this process."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def undrawn(playwright: Playwright) -> Iterator[Browser]:
    """Chromium for who asks pages and touches nothing: it draws none of them."""
    chromium = launch(playwright, UNDRAWN)
    yield chromium
    chromium.close()


@pytest.fixture
def page(browser: Browser, served: ServedPortal) -> Iterator[Page]:
    """A page in Chromium with scripts; what the browser complains about fails the test."""
    with open_page(browser, served.url) as found:
        yield found


@pytest.fixture
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browsers of this test run scripts; on the other database it is the other way."""
    return bool(request.param)


@pytest.fixture
def any_page(browser: Browser, served: ServedPortal, scripts: bool) -> Iterator[Page]:
    """A page in a browser that runs scripts on one database, and does not on the other."""
    with open_page(browser, served.url, java_script_enabled=scripts) as found:
        yield found
