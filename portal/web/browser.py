"""Marks that a browser keeps for itself: random, one for each purpose, beside its session.

A session ends when its person signs out or the browser closes; a mark stays as long as it lasts.
It proves that the same browser comes back, and nothing about who sits before it.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from flask import Response, after_this_request, current_app, g, request

from portal.core.tokens import new_token

# Longer than any mark that the portal gives: what a stranger sends instead is not hashed.
LONGEST = 64


class Mark(StrEnum):
    """What a mark is for; its value is the end of the cookie's name."""

    # The browser that typed what became a draft.
    DRAFTS = "concepten"
    # The browser that registered and waits for the mail.
    REGISTERED = "registratie"
    # A browser from which somebody signed in before.
    KNOWN = "bekend"


def cookie_name(mark: Mark) -> str:
    """Return the name of the cookie that holds the mark: `__Host-groeipact-...` on https."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-{mark.value}"


def find_mark(mark: Mark) -> str | None:
    """Return the token that this browser holds for the purpose; None when it holds none."""
    given: dict[Mark, str] = g.get("given_marks", {})
    token = given[mark] if mark in given else request.cookies.get(cookie_name(mark), "")
    return token if token and len(token) <= LONGEST and token.isascii() else None


def give_mark(mark: Mark, lasts: timedelta) -> str:
    """Return the token of this browser for the purpose; a new one is set on the answer.

    A browser that holds one keeps it, and it lasts from now on. Only its hash may be stored.
    """
    token = find_mark(mark) or new_token()
    _set(mark, token, lasts)
    return token


def renew_mark(mark: Mark, lasts: timedelta) -> str:
    """Return a new token of this browser for the purpose, in the place of one that it may hold."""
    token = new_token()
    _set(mark, token, lasts)
    return token


def take_mark(mark: Mark) -> None:
    """Let this browser forget the mark: what it was for has been done."""
    if find_mark(mark) is not None:
        _set(mark, "", timedelta(0))


def _set(mark: Mark, token: str, lasts: timedelta) -> None:
    g.setdefault("given_marks", {})[mark] = token
    name = cookie_name(mark)

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            name,
            token,
            max_age=lasts,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
            path="/",
        )
        return response
