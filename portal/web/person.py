"""Who is asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Flask, current_app
from flask_login import AnonymousUserMixin, LoginManager, current_user

from portal.policy import VISITOR, Person

login_manager = LoginManager()
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
    return cast(Person, current_user._get_current_object())


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
