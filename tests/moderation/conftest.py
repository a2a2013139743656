"""What tests of the desk share: who decides, and one of everything that can wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db, write_section
from tests import factories as make
from tests.harness.client import Client


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """Do something as a request does: act(actions.place, version, by=person)."""

    def acted(action: Callable[..., Any], *subjects: Any, **values: Any) -> Any:
        db.session.commit()
        with write_section():
            return action(*subjects, **values)

    return acted


@pytest.fixture
def moderator(app: Flask) -> Account:
    return make.make_moderator(name="Mo de Rator")


@pytest.fixture
def desk(sign_in: Callable[[Account | None], Client], moderator: Account) -> Client:
    """A moderator at the desk."""
    return sign_in(moderator)
