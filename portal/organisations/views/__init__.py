"""Views of organisations: those of the viewer, one of them, its people, its text, kinds."""

from portal.organisations.views import (
    access,
    away,
    invitations,
    kinds,
    mailboxes,
    organisation,
    own,
    people,
    profile,
    proposals,
    requests,
    rights,
)
from portal.organisations.views.blueprint import bp

__all__ = [
    "access",
    "away",
    "bp",
    "invitations",
    "kinds",
    "mailboxes",
    "organisation",
    "own",
    "people",
    "profile",
    "proposals",
    "requests",
    "rights",
]
