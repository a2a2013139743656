"""Who is asking."""

from __future__ import annotations

from typing import cast

from flask import Flask, g, session
from flask_login import AnonymousUserMixin, LoginManager, current_user

from portal.policy import VISITOR, Person


class Readers(LoginManager):  # type: ignore[misc]
    """Flask-Login that knows a reader by the session and by nothing else: a session is a row."""

    def _load_user(self) -> None:
        # Its own way would hash the network address and the browser at every request, and look
        # at a header and a cookie of a kind that is not given out here, at which it can stumble.
        token = session.get("_user_id")
        found = self._user_callback(token) if token is not None else None
        self._update_request_context_with_user(found)


login_manager = Readers()
login_manager.session_protection = None


class VisitorUser(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor as Flask-Login wants to see one."""

    id = None
    email_key = None
    name = ""
    is_confirmed = False
    is_moderator = False
    is_beheerder = False
    roles = VISITOR.roles


login_manager.anonymous_user = VisitorUser


def viewer() -> Person:
    """Return the person of this request."""
    # Where Flask-Login keeps whom it found; asking it again takes five times as long.
    known = g.get("_login_user")
    return cast(Person, known if known is not None else current_user._get_current_object())


def look_again() -> None:
    """Forget whom this request found: who has lost a role meanwhile is found without it."""
    g.pop("_login_user", None)


def init_app(app: Flask) -> None:
    """Let Flask-Login know its readers by the row behind the cookie.

    Its own `init_app` would look for the reader before every page, that of an error included, and
    open the session on every answer, files included, for a remember-me that is not here.
    """
    app.login_manager = login_manager  # type: ignore[attr-defined]
