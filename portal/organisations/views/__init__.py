"""Views of organisations: those of the viewer, one of them, its people, its text, kinds."""

from portal.organisations.views import (
    invitations,
    kinds,
    organisation,
    own,
    people,
    profile,
    proposals,
    requests,
)
from portal.organisations.views.blueprint import bp

__all__ = [
    "bp",
    "invitations",
    "kinds",
    "organisation",
    "own",
    "people",
    "profile",
    "proposals",
    "requests",
]
