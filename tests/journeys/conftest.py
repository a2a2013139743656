"""Readers for the journeys: as many as a journey has people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from portal.accounts.models import Account
from tests.harness.browser import open_page
from tests.harness.served import ServedPortal


@pytest.fixture
def come(browser: Browser, served: ServedPortal) -> Iterator[Callable[..., Page]]:
    """Let one more reader come, with a browser of their own: come(account, scripts=, width=)."""
    with ExitStack() as readers:

        def open_for(
            account: Account | None = None, *, scripts: bool = True, width: int = 1280
        ) -> Page:
            opened = open_page(browser, served.url, java_script_enabled=scripts, width=width)
            page = readers.enter_context(opened)
            if account is not None:
                served.sign_in(page, account)
            return page

        yield open_for
