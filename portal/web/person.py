"""The person of a request: read from the session, remembered, forgotten."""

from __future__ import annotations

from typing import cast

from flask import Flask, g, session
from flask_login import (
    AnonymousUserMixin,
    LoginManager,
    current_user,
    login_user,
    logout_user,
)

from portal.policy import VISITOR, Person

login_manager = LoginManager()
# A session is a row: it knows its own age, and no network address binds it.
login_manager.session_protection = None


class VisitorUser(AnonymousUserMixin):  # type: ignore[misc]
    """A visitor as Flask-Login wants to see one."""

    id = None
    email_key = None
    name = ""
    is_confirmed = False
    is_moderator = False
    is_beheerder = False
    has_desk_keys = False
    roles = VISITOR.roles
    frozen_organisation_ids = VISITOR.frozen_organisation_ids
    ties = VISITOR.ties


login_manager.anonymous_user = VisitorUser


def viewer() -> Person:
    """Return the person of this request."""
    # Kept once a request: a page asks dozens of times, and Flask-Login takes twice as long.
    known: Person | None = g.get("portal_viewer")
    if known is None:
        known = g.portal_viewer = cast(Person, current_user._get_current_object())
    return known


def awaits_second_factor() -> bool:
    """Return whether a role of the viewer waits until they set up a second factor."""
    return bool(getattr(viewer(), "awaits_second_factor", False))


def look_again() -> None:
    """Read the viewer again, so that a role that was taken away meanwhile is gone."""
    person = viewer()
    if person.is_authenticated:
        token = current_user.get_id()
        g.portal_viewer = login_manager.user_callback(token) or VisitorUser()


def remember_viewer(person: Person) -> None:
    """Sign `person` in on this browser."""
    login_user(person)
    g.portal_viewer = person


def forget_viewer() -> None:
    """Sign this browser out, and empty its session."""
    logout_user()
    session.clear()
    g.pop("portal_viewer", None)


def init_app(app: Flask) -> None:
    """Bind Flask-Login to the app, without its own `init_app`.

    That would also open the session on every answer, files included, for a remember-me that the
    portal does not have: a browser would then keep files apart for every cookie.
    """
    app.login_manager = login_manager  # type: ignore[attr-defined]
    # No cookie has this name, so none is taken for a remember-me.
    app.config["REMEMBER_COOKIE_NAME"] = ""
