"""Versions of the short description of an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from werkzeug.exceptions import NotFound

from portal.accounts.models import Account
from portal.core.db import db, read_as
from portal.lifecycle import TextState
from portal.organisations.models import Organisation, ProfileText
from portal.services.models import HistoryRow


class WaitingProfile(NamedTuple):
    """A version that waits for a moderator, with the id of the one on the page."""

    id: int
    organisation_id: int
    organisation_name: str
    slug: str | None
    body: str
    html: str
    created_at: datetime
    author_id: int | None
    author_name: str | None
    placed_profile_id: int | None


_WAITING = (
    select(
        ProfileText.id,
        ProfileText.organisation_id,
        Organisation.name,
        Organisation.slug,
        ProfileText.body,
        ProfileText.html,
        ProfileText.created_at,
        ProfileText.author_id,
        Account.name,
        Organisation.placed_profile_id,
    )
    .join(Organisation, Organisation.id == ProfileText.organisation_id)
    .outerjoin(Account, Account.id == ProfileText.author_id)
    .where(ProfileText.state == TextState.PENDING)
    .order_by(ProfileText.id)
)


def profile_versions_waiting() -> list[WaitingProfile]:
    """Return the versions that wait for a moderator, oldest first."""
    return [WaitingProfile._make(row) for row in db.session.execute(_WAITING)]


class PlacedProfile(NamedTuple):
    """A version that was placed, whatever became of it."""

    id: int
    body: str
    html: str
    language: str
    state: TextState
    hidden_ground: str | None
    placed_at: datetime


_PLACED_AT = (
    select(func.max(HistoryRow.at))
    .where(
        HistoryRow.subject == ProfileText.thing,
        HistoryRow.subject_id == ProfileText.id,
        HistoryRow.step == "place",
    )
    .correlate(ProfileText)
    .scalar_subquery()
)
_WAS_PLACED = select(
    ProfileText.id,
    ProfileText.body,
    ProfileText.html,
    ProfileText.language,
    ProfileText.state,
    ProfileText.hidden_ground,
    func.coalesce(_PLACED_AT, ProfileText.created_at),
).where(
    or_(
        ProfileText.state.in_((TextState.PLACED, TextState.SUPERSEDED)),
        and_(ProfileText.state == TextState.WITHDRAWN, _PLACED_AT.is_not(None)),
    )
)


def placed_profiles(organisation_id: int) -> Sequence[PlacedProfile]:
    """Return the versions that everybody could read once, the first one first."""
    mine = _WAS_PLACED.where(ProfileText.organisation_id == organisation_id)
    return read_as(PlacedProfile, mine.order_by(ProfileText.id))


def get_profile(profile_id: int) -> ProfileText:
    """Return a version of a short description, or 404."""
    profile = db.session.get(ProfileText, profile_id)
    if profile is None:
        raise NotFound
    return profile


def placed_profile(organisation: Organisation) -> ProfileText | None:
    """Return the version that was placed last, hidden or not, None without one."""
    if organisation.placed_profile_id is None:
        return None
    return db.session.get(ProfileText, organisation.placed_profile_id)


def shown_profile(organisation: Organisation) -> ProfileText | None:
    """Return the version that readers see on the organisation's page, None without one."""
    profile = placed_profile(organisation)
    return None if profile is None or profile.is_hidden else profile


def newest_profile(organisation_id: int) -> ProfileText | None:
    """Return the version that was written last, in any state, None without one."""
    query = select(ProfileText).where(ProfileText.organisation_id == organisation_id)
    return db.session.scalars(query.order_by(ProfileText.id.desc()).limit(1)).first()


def newest_superseded_profile(organisation_id: int) -> ProfileText | None:
    """Return the version that was written last of those that gave way to another, if any."""
    query = select(ProfileText).where(
        ProfileText.organisation_id == organisation_id,
        ProfileText.state == TextState.SUPERSEDED,
    )
    return db.session.scalars(query.order_by(ProfileText.id.desc()).limit(1)).first()


def open_profiles_of(organisation_id: int) -> list[ProfileText]:
    """Return the versions that wait for a moderator or came back to be changed, oldest first."""
    query = select(ProfileText).where(
        ProfileText.organisation_id == organisation_id,
        ProfileText.state.in_((TextState.PENDING, TextState.CHANGE_ASKED)),
    )
    return list(db.session.scalars(query.order_by(ProfileText.id)))
