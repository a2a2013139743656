"""Limits: the numbers of the table, counted for all, and told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.config import LIMITS, Limit
from portal.core import clock
from portal.core.db import db, write_section
from portal.core.errors import TooMany
from portal.services import limits
from portal.services.models import LimitCounter
from tests import factories as make
from tests.harness.portal import signed_in

ROOT = Path(__file__).parents[2]
SetClock = Callable[[datetime | None], None]


@pytest.fixture
def limited(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    app = make_app(RATE_LIMITS="on")
    with app.app_context():
        yield app
        db.session.rollback()
        db.engine.dispose()


def _allowed(name: str, key: str = "wie") -> int:
    """Return how many acts are let through before the first that is refused."""
    for number in range(2000):
        try:
            limits.hit(name, key)
        except TooMany:
            return number
    raise AssertionError(f"{name} knows no end")


@pytest.mark.parametrize("name", LIMITS)
def test_it_lets_as_many_through_as_the_table_says(limited: Flask, name: str) -> None:
    assert _allowed(name) == LIMITS[name].count


@pytest.mark.parametrize("name", ["sign_in_pair", "comment_account", "register_address"])
def test_it_begins_again_when_the_window_has_passed(
    limited: Flask, set_clock: SetClock, name: str
) -> None:
    window, begun = LIMITS[name].window, clock.now()
    set_clock(begun)
    _allowed(name)

    set_clock(begun + window - timedelta(seconds=2))
    with pytest.raises(TooMany) as refused:
        limits.hit(name, "wie")
    assert refused.value.retry_after == 2

    set_clock(begun + window)
    assert _allowed(name) == LIMITS[name].count


def test_it_counts_each_key_and_each_name_by_itself(limited: Flask) -> None:
    for key in ("wie", "wie anders"):
        assert _allowed("comment_account", key) == 10
    assert _allowed("sign_in_pair") == 10


def test_it_keeps_no_address_that_can_be_read_back(limited: Flask) -> None:
    limits.hit("sign_in_account", "noor@example.org")
    limits.hit("sign_in_address", "192.0.2.7")
    kept = db.session.scalars(select(LimitCounter.key)).all()
    assert len(kept) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in kept)


def test_it_lets_the_environment_change_a_number(make_app: Callable[..., Flask]) -> None:
    app = make_app(RATE_LIMITS="on", LIMIT_COMMENT="3")
    with app.app_context():
        assert _allowed("comment_account") == 3
        assert _allowed("sign_in_pair") == 10
        db.session.rollback()
        db.engine.dispose()


def test_it_counts_nothing_when_it_is_switched_off(app: Flask) -> None:
    for _ in range(50):
        limits.hit("comment_account", "wie")
    assert db.session.scalars(select(LimitCounter)).all() == []


def test_it_still_counts_what_was_refused_and_never_inside_a_write_section(limited: Flask) -> None:
    _allowed("comment_account")
    for _ in range(3):
        with pytest.raises(TooMany):
            limits.hit("comment_account", "wie")
    assert db.session.scalars(select(LimitCounter.count)).one() == 14
    with pytest.raises(RuntimeError, match="write section"), write_section():
        limits.hit("comment_account", "wie")


def test_it_tells_a_reader_when_to_come_back(limited: Flask) -> None:
    discussion = make.make_article().discussion
    reader = signed_in(limited, make.make_account())
    for number in range(10):
        form = reader.get("comments.post", discussion_id=discussion.id).form()
        assert form.submit(body=f"Reactie {number}", follow=False).status == 302

    page = reader.get("comments.post", discussion_id=discussion.id).form().submit(body="Te veel")

    assert page.status == 429
    assert 1 <= int(page.headers["Retry-After"]) <= 600
    assert "opnieuw" in page.main


def _counted() -> int:
    db.session.rollback()
    return db.session.scalars(select(LimitCounter.count)).one()


def test_it_counts_a_comment_where_it_is_written_and_a_refused_one_all_the_same(
    limited: Flask,
) -> None:
    discussion = make.make_article().discussion
    reader = signed_in(limited, make.make_account())
    form = reader.get("comments.post", discussion_id=discussion.id).form()

    assert form.submit(body="", follow=False).status == 422
    assert _counted() == 1
    assert form.submit(body="Een reactie", follow=False).status == 302
    assert _counted() == 2
    # What somebody else closed meanwhile is refused within the act, which is rolled back.
    discussion.is_open = False
    db.session.commit()
    assert form.submit(body="Te laat", once="anders", follow=False).status != 302
    assert _counted() == 3


def test_it_knows_every_limit_that_a_door_names(app: Flask) -> None:
    named = {limit.name for view in app.view_functions.values() for limit in view.door.limits}  # type: ignore[attr-defined]
    # Drafts of visitors and previews are counted at every door alike.
    assert named == set(LIMITS) - {
        "draft_address",
        "paper_address",
        "past_address",
        "preview_account",
        "search_address",
        "suggest_address",
        "take_address",
    }


def test_it_uses_every_limit_of_the_table() -> None:
    code = "".join(path.read_text() for path in (ROOT / "portal").rglob("*.py"))
    unused = [name for name in LIMITS if code.count(f'"{name}"') < 2]
    assert not unused, f"in the table and nowhere else: {unused}"


def _window(words: str) -> timedelta:
    number, unit = words.split()
    names = {"minuut": 60, "minuten": 60, "uur": 3600, "dag": 86400, "dagen": 86400}
    return timedelta(seconds=int(number) * names[unit])


def test_it_is_documented_with_the_same_numbers() -> None:
    text = (ROOT / "docs/limits.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| .*? \| ([\d.]+) \| (\d+ \w+) \| `(\w+)` \|$", text, re.M)
    told = {
        name: Limit(int(count.replace(".", "")), _window(window), env)
        for name, count, window, env in rows
    }
    assert told == LIMITS
