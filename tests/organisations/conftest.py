"""Fixtures of the tests of organisations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.accounts.models import Account
from tests.harness.client import Client
from tests.organisations.scenes import Scene, set_scene


@pytest.fixture
def scene(sign_in: Callable[[Account], Client]) -> Scene:
    """An organisation, its eigenaar, and somebody who asks to join."""
    return set_scene(sign_in)
