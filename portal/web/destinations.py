"""Places that a package may lead to without knowing the package that they belong to."""

from __future__ import annotations

from enum import StrEnum

from flask import Flask, url_for

from portal.core.addresses import destinations


class Destination(StrEnum):
    """A named place; create_app binds each to an endpoint."""

    ABOUT_US = "about-us"
    ABSENCES = "absences"
    CHANGES = "changes"
    CHANGES_FEED = "changes-feed"
    CHECKLIST = "checklist"
    COMMITMENTS = "commitments"
    COMPARE = "compare"
    DESK = "desk"
    FOLLOW = "follow"
    FOLLOWED = "followed"
    FREEZE = "freeze"
    HIDE = "hide"
    INTAKE = "intake"
    MANAGEMENT = "management"
    MY_COMMENTS = "my-comments"
    MY_ORGANISATIONS = "my-organisations"
    MY_WORK = "my-work"
    NUMBERED = "numbered"
    OPEN_DATA = "open-data"
    ORGANISATION = "organisation"
    ORGANISATION_WORK = "organisation-work"
    RAPPEL_ANSWER = "rappel-answer"
    RAPPELS = "rappels"
    RESTORE = "restore"
    SECOND_FACTOR = "second-factor"
    SIGN_IN = "sign-in"
    SIGN_PACT = "sign-pact"
    SIGNATORIES = "signatories"
    SIGNATORY = "signatory"
    TIMELINE = "timeline"
    UNFREEZE = "unfreeze"
    WHERE_WE_STAND = "where-we-stand"


class NoSuchPlace(RuntimeError):
    """A destination is bound to nothing, or to an endpoint that is not there: no start."""


def url_to(destination: Destination | str, **values: object) -> str:
    """Return the path of a destination, in the language of the request."""
    return url_for(destinations()[destination], **values)  # type: ignore[arg-type]


def check_destinations(app: Flask) -> None:
    """Refuse to start when a destination leads nowhere."""
    bound = app.extensions["portal_destinations"]
    for destination in Destination:
        if bound.get(destination) not in app.view_functions:
            raise NoSuchPlace(destination)
