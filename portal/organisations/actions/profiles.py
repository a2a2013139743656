"""The short description: written by the organisation, placed by a moderator."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.organisations import mails, queries
from portal.organisations.models import Organisation, ProfileText
from portal.policy import Person
from portal.services.history import advance, create


def describe(organisation: Organisation, *, body: str, html: str, by: Person) -> ProfileText:
    """Return a new version that waits for a moderator; the placed one stays meanwhile.

    A version that was still waiting, or that came back to be changed, is replaced by it.
    """
    for earlier in queries.profiles_of(organisation.id):
        advance(earlier, "replace", by=by)
    version = ProfileText(
        organisation_id=organisation.id,
        body=body,
        html=html,
        created_at=clock.now(),
        author_id=by.id,
    )
    create(version, "submit", by=by)
    return version


def withdraw_profile(version: ProfileText, *, by: Person) -> None:
    """Take a version back: one that waits, or the one that stands on the page."""
    advance(version, "withdraw", by=by)
    organisation = queries.get_organisation(version.organisation_id)
    if organisation.placed_profile_id == version.id:
        organisation.placed_profile_id = None


def place_profile(version: ProfileText, *, by: Person) -> None:
    """Show this version on the page instead of the one before, and tell its author."""
    advance(version, "place", by=by)
    organisation = queries.get_organisation(version.organisation_id)
    before = queries.placed_profile(organisation)
    if before is not None and before.state == "placed":
        advance(before, "supersede", by=by)
    organisation.placed_profile_id = version.id
    db.session.flush()
    mails.profile_decided(version, "placed")


def ask_profile_change(version: ProfileText, *, ground: str, reason: str, by: Person) -> None:
    """Send a version back with what must become different."""
    advance(version, "ask_change", by=by, ground=ground, reason=reason)
    mails.profile_decided(version, "change_asked", ground=ground, reason=reason)


def refuse_profile(version: ProfileText, *, ground: str, reason: str, by: Person) -> None:
    """Do not place a version, and tell its author why."""
    advance(version, "refuse", by=by, ground=ground, reason=reason)
    mails.profile_decided(version, "refused", ground=ground, reason=reason)
