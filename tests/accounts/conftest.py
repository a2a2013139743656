"""Fixtures of the tests of accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from portal.accounts import passwords
from tests.accounts.people import Runs
from tests.factories import PASSWORD
from tests.harness.client import Client
from tests.harness.page import Page


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """How often Argon2 ran, counted around the real one."""
    counted = Runs()
    real = passwords.HASHER

    class Counting(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            counted.count += 1
            return real.hash(password, salt=salt)

        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]
            counted.count += 1
            return bool(real.verify(hash, password))  # type: ignore[arg-type]

    figures = {
        "time_cost": passwords.PASSES,
        "memory_cost": passwords.MEMORY_KIB,
        "parallelism": passwords.LANES,
    }
    monkeypatch.setattr(passwords, "HASHER", Counting(**figures))
    return counted


@pytest.fixture
def enter(client: Client) -> Callable[..., Page]:
    """Sign in on the page itself, with a password; `reader` is the browser."""

    def sign_in(email: str, password: str = PASSWORD, reader: Client | None = None) -> Page:
        page = (reader or client).get("accounts.sign_in")
        return page.form().submit(email=email, password=password)

    return sign_in
