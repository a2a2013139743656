"""Parts of pages that are cached while what they are made of stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import literal, select

from portal.core.db import db
from portal.web.cached import LONGEST, CachedParts, cached_page, cached_part, frozen


@dataclass(frozen=True)
class Facts:
    title: str
    tags: list[str]


class Rendered:
    """Says how often it was asked for."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"<p>{self.count}</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("een", "twee"),
        (Facts("een", ["a"]), Facts("een", ["a", "b"])),
        ({"op": None}, {"op": 0}),
        ([("a", ["b"])], [("a", ["c"])]),
        (((), (1,)), ((1,), ())),
    ],
)
def test_it_renders_anew_when_anything_changed(app: Flask, before: Any, after: Any) -> None:
    render = Rendered()
    with app.test_request_context("/"):
        assert cached_part("deel", before, render) == "<p>1</p>"
        assert cached_part("deel", before, render) == "<p>1</p>"
        assert cached_part("deel", after, render) == "<p>2</p>"
        assert cached_part("ander deel", before, render) == "<p>3</p>"


def test_it_keeps_languages_apart(app: Flask) -> None:
    render = Rendered()
    with app.test_request_context("/"):
        dutch = cached_part("deel", "taal", render)
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/en"}):
        english = cached_part("deel", "taal", render)

    assert dutch != english


def test_it_tells_rows_apart_by_what_stands_in_them(app: Flask) -> None:
    rows = [db.session.execute(select(literal(number).label("n"))).one() for number in (1, 1, 2)]

    assert frozen([rows[0]]) == frozen([rows[1]])
    assert frozen([rows[0]]) != frozen([rows[2]])
    assert frozen(rows[0]) == (1,)


def test_it_forgets_what_was_asked_for_longest_ago() -> None:
    parts, render = CachedParts(most=2), Rendered()
    for key in ("a", "b", "a", "c"):
        parts.part(key, render)

    assert len(parts) == 2
    assert parts.part("a", render) == "<p>1</p>"
    assert parts.part("b", render) == "<p>4</p>"


def test_it_keeps_no_more_than_so_many_characters() -> None:
    parts, render = CachedParts(most=10, most_characters=3 * len("<p>1</p>")), Rendered()
    for key in ("a", "b", "a", "c", "d"):
        parts.part(key, render)

    assert len(parts) == 3
    assert parts.part("a", render) == "<p>1</p>"
    assert parts.part("b", render) == "<p>5</p>"


def test_it_keeps_no_part_that_is_as_long_as_a_stranger_likes() -> None:
    parts = CachedParts()
    long, short = "x" * (LONGEST + 1), "x" * LONGEST
    assert parts.part("long", lambda: long) == long
    assert parts.part("short", lambda: short) == short
    assert len(parts) == 1


def test_it_keeps_a_page_for_visitors_and_for_its_address(app: Flask) -> None:
    render = Rendered()
    with app.test_request_context("/een"):
        assert cached_page("feiten", render) == b"<p>1</p>"
    with app.test_request_context("/een"):
        assert cached_page("feiten", render) == b"<p>1</p>"
        assert cached_page("andere feiten", render) == b"<p>2</p>"
    with app.test_request_context("/twee"):
        assert cached_page("feiten", render) == b"<p>3</p>"


def test_it_keeps_no_page_of_an_address_that_a_stranger_made_up(app: Flask) -> None:
    render = Rendered()
    with app.test_request_context("/een?x=1"):
        assert cached_page("feiten", render) == "<p>1</p>"
        assert cached_page("feiten", render) == "<p>2</p>"
