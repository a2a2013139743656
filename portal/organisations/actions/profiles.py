"""The short description: written by the organisation, placed by a moderator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portal.accounts.models import Account
from portal.core import clock
from portal.core.addresses import path_to
from portal.core.db import db, lock_row
from portal.core.errors import FieldRefused
from portal.core.i18n import gettext as _
from portal.lifecycle import TextState
from portal.organisations import queries
from portal.organisations.models import Organisation, ProfileText
from portal.policy import Person
from portal.services import review
from portal.services.history import advance, create

# A text in one of these states is not sent once more.
STANDING = (TextState.PENDING, TextState.PLACED, TextState.CHANGE_ASKED)


def describe(organisation: Organisation, *, body: str, html: str, by: Person) -> ProfileText:
    """Return a new version that waits for a moderator; the placed one stays on the page.

    It replaces a version that still waits, or that came back to be changed. FieldRefused for the
    text that stands there, waits, or had to be changed.
    """
    newest = queries.newest_profile(organisation.id)
    if newest is not None and newest.body == body and newest.state in STANDING:
        raise FieldRefused("body", _("Dit is dezelfde tekst. Verander iets of ga terug."))
    for earlier in queries.open_profiles_of(organisation.id):
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
    """Take back a version: one that waits, or the one that is on the page."""
    organisation = queries.get_organisation(version.organisation_id)
    lock_row(organisation)
    advance(version, "withdraw", by=by)
    if organisation.placed_profile_id == version.id:
        organisation.placed_profile_id = None


@dataclass(frozen=True, slots=True)
class ReviewedProfile:
    """A version of a short description: the organisation points to the one that it shows."""

    version: ProfileText
    mails: ClassVar[str] = "organisation_profile"

    @property
    def organisation(self) -> Organisation:
        return queries.get_organisation(self.version.organisation_id)

    @property
    def placed(self) -> ProfileText | None:
        profile = queries.placed_profile(self.organisation)
        is_placed = profile is not None and profile.state == TextState.PLACED
        return profile if is_placed else None

    @property
    def writer(self) -> Account | None:
        author_id = self.version.author_id
        return db.session.get_one(Account, author_id) if author_id is not None else None

    def lock(self) -> None:
        """Lock the organisation, which points to the version that it shows."""
        lock_row(self.organisation)

    def show(self, *, is_first: bool, by: Person) -> None:
        self.organisation.placed_profile_id = self.version.id
        db.session.flush()

    def leave_queue(self) -> None:
        """Do nothing: the versions that wait are counted when the queue is read."""

    @property
    def newest(self) -> ProfileText | None:
        return queries.newest_profile(self.version.organisation_id)

    def stand_again(self) -> ProfileText | None:
        earlier = queries.newest_superseded_profile(self.version.organisation_id)
        before = review.superseded_by(self.version, earlier)
        self.organisation.placed_profile_id = before.id if before is not None else None
        return before

    def enter_queue(self) -> None:
        """Do nothing: the versions that wait are counted when the queue is read."""

    def turn_back(self, *, by: Person) -> None:
        """Do nothing: an organisation has no state of its own for its description."""

    @property
    def path(self) -> str:
        return path_to("organisation", organisation_id=self.version.organisation_id)

    @property
    def title(self) -> str:
        return self.organisation.name

    def turn_away(self, *, ground: str, reason: str, by: Person) -> None:
        """Do nothing: an organisation does without a description."""

    def mail_words(self, locale: str) -> dict[str, str | int | bool]:
        organisation = self.organisation
        return {
            "organisation": organisation.name,
            "organisation_id": organisation.id,
            "slug": organisation.slug or "",
            "has_placed_text": organisation.placed_profile_id is not None,
        }


def place_profile(version: ProfileText, *, by: Person) -> None:
    """Show this version on the page instead of the one before, and mail its author."""
    review.place(ReviewedProfile(version), by=by)


def ask_profile_change(version: ProfileText, *, ground: str, reason: str, by: Person) -> None:
    """Send a version back with what must change; refused without a ground or a reason."""
    review.ask_change(ReviewedProfile(version), ground=ground, reason=reason, by=by)


def refuse_profile(version: ProfileText, *, ground: str, reason: str, by: Person) -> None:
    """Do not place a version, and mail its author why; refused without a ground or a reason."""
    review.refuse(ReviewedProfile(version), ground=ground, reason=reason, by=by)


def undo_profile_decision(
    version: ProfileText, *, decision_id: int | None = None, reason: str = "", by: Person
) -> None:
    """Let a version wait again that was placed, sent back or refused; what stood stands again.

    `decision_id` is the history id of the decision that is undone. StepNotOpen when something
    followed it; FieldRefused when another version was sent.
    """
    review.undo(ReviewedProfile(version), decision_id=decision_id, reason=reason, by=by)
