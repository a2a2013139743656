"""What tests of comments share: an article to comment on, and acts in a write section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db, write_section
from portal.news.models import Article
from tests.factories import make_article


@pytest.fixture
def act(app: Flask) -> Callable[..., Any]:
    """Do something as a request does: act(actions.post, discussion, body="...", by=person)."""

    def acted(action: Callable[..., Any], *subjects: Any, **values: Any) -> Any:
        db.session.commit()
        with write_section():
            return action(*subjects, **values)

    return acted


@pytest.fixture
def article(app: Flask) -> Article:
    """A published article, with a discussion below it."""
    return make_article(title="Een mooi plan")
