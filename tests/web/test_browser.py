"""Marks that a browser keeps: given once, kept, forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, Response

from portal.web import browser
from portal.web.browser import Mark, find_mark, give_mark, take_mark

DAY = timedelta(days=1)


def answer(app: Flask) -> list[str]:
    return app.process_response(Response()).headers.getlist("Set-Cookie")


def with_mark(token: str) -> dict[str, str]:
    return {"Cookie": f"groeipact-{Mark.KNOWN.value}={token}"}


def test_it_gives_a_browser_without_a_mark_a_random_one(app: Flask) -> None:
    with app.test_request_context():
        assert find_mark(Mark.KNOWN) is None
        token = give_mark(Mark.KNOWN, DAY)
        assert find_mark(Mark.KNOWN) == token
        (cookie,) = answer(app)
    assert cookie.startswith(f"groeipact-bekend={token}; ")
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=86400"} <= set(cookie.split("; "))


def test_it_lets_a_browser_keep_the_mark_that_it_holds(app: Flask) -> None:
    with app.test_request_context(headers=with_mark("of-my-own")):
        assert give_mark(Mark.KNOWN, DAY) == "of-my-own"
        assert find_mark(Mark.DRAFTS) is None


def test_it_lets_a_browser_forget_a_mark(app: Flask) -> None:
    with app.test_request_context(headers=with_mark("of-my-own")):
        take_mark(Mark.KNOWN)
        assert find_mark(Mark.KNOWN) is None
        (cookie,) = answer(app)
    assert "Max-Age=0" in cookie


@pytest.mark.parametrize("token", ["x" * (browser.LONGEST + 1), "é", ""])
def test_it_takes_nothing_for_a_mark_that_it_never_gave(app: Flask, token: str) -> None:
    with app.test_request_context(headers=with_mark(token)):
        assert find_mark(Mark.KNOWN) is None
