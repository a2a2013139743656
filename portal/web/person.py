"""Who is asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, current_app, g
from flask_login import AnonymousUserMixin, LoginManager, current_user

from portal.policy import VISITOR, Person


class Readers(LoginManager):  # type: ignore[misc]
    """Flask-Login without binding a session to a network address: a session is a row."""

    def _session_protection_failed(self) -> bool:
        # It would hash the address and the browser at every request, to compare it with nothing.
        return False


login_manager = Readers()
login_manager.session_protection = None


class VisitorUser(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor as Flask-Login wants to see one."""

    id = None
    name = ""
    is_confirmed = False
    is_moderator = False
    is_beheerder = False
    roles = VISITOR.roles


login_manager.anonymous_user = VisitorUser


def actor() -> Person:
    """Return the person of this request."""
    # Where Flask-Login keeps whom it found; asking it again takes five times as long.
    known = g.get("_login_user")
    return cast(Person, known if known is not None else current_user._get_current_object())


def hook(name: str) -> Callable[..., Any]:
    """Return a function that a higher package has lent to the lower ones, by its name."""
    found: Callable[..., Any] = current_app.extensions["portal_hooks"][name]
    return found


def init_app(app: Flask) -> None:
    """Let Flask-Login know its readers by the row behind the cookie.

    Its own `init_app` would look for the reader before every page, that of an error included, and
    open the session on every answer, files included, for a remember-me that is not here.
    """
    app.login_manager = login_manager  # type: ignore[attr-defined]
