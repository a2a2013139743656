"""The four kinds of things that wait, each with what a moderator needs beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased
from werkzeug.exceptions import NotFound

from portal.accounts.addresses import address_key
from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.core import clock
from portal.core.db import db
from portal.moderation.working_days import one_working_day_after
from portal.organisations.models import AccessRequest, Membership, Organisation, ProfileText
from portal.organisations.queries.requests import OWNERS_ANSWER_WITHIN
from portal.policy import Permission, Person, Role, can
from portal.signatures.models import Signature

Rows = Select[*tuple[Any, ...]]


class Kind(StrEnum):
    """What can wait, in the order in which things of one moment stand."""

    ACCESS_REQUEST = "access_request"
    COMMENT = "comment_version"
    PROFILE = "profile"
    SIGNATURE = "signature"


PERMISSIONS = {
    Kind.ACCESS_REQUEST: Permission.ACCESS_REQUEST_DECIDE,
    Kind.COMMENT: Permission.COMMENT_MODERATE,
    Kind.PROFILE: Permission.PROFILE_MODERATE,
    Kind.SIGNATURE: Permission.SIGNATURE_DECIDE,
}

_Parent = aliased(Comment)
_PlacedProfile = aliased(ProfileText)

_COMMENTS = (
    select(
        CommentVersion.id,
        CommentVersion.created_at.label("since"),
        CommentVersion.state,
        CommentVersion.number,
        CommentVersion.html,
        Comment.id.label("comment_id"),
        Comment.author_id,
        Comment.author_name,
        Comment.job_title,
        Comment.organisation_id,
        Comment.organisation_name,
        Comment.html.label("placed_html"),
        Discussion.title,
        Discussion.address,
        Discussion.is_public,
        Discussion.is_open,
        Discussion.organisation_id.label("discussed_id"),
        Organisation.published_at,
        _Parent.id.label("parent_id"),
        _Parent.author_name.label("parent_name"),
        _Parent.html.label("parent_html"),
    )
    .join(Comment, Comment.id == CommentVersion.comment_id)
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
    .outerjoin(_Parent, _Parent.id == Comment.parent_id)
)
_PROFILES = (
    select(
        ProfileText.id,
        ProfileText.created_at.label("since"),
        ProfileText.state,
        ProfileText.html,
        ProfileText.author_id,
        Account.name.label("author_name"),
        ProfileText.organisation_id,
        Organisation.name.label("title"),
        Organisation.slug,
        Organisation.published_at,
        _PlacedProfile.html.label("placed_html"),
    )
    .join(Organisation, Organisation.id == ProfileText.organisation_id)
    .outerjoin(Account, Account.id == ProfileText.author_id)
    .outerjoin(_PlacedProfile, _PlacedProfile.id == Organisation.placed_profile_id)
)
_REQUESTS = (
    select(
        AccessRequest.id,
        AccessRequest.created_at.label("since"),
        AccessRequest.state,
        AccessRequest.message,
        AccessRequest.job_title,
        AccessRequest.author_id,
        Account.name.label("author_name"),
        Account.email,
        AccessRequest.organisation_id,
        Organisation.name.label("title"),
        Organisation.mail_domain,
        Organisation.slug,
        Organisation.published_at,
    )
    .join(Organisation, Organisation.id == AccessRequest.organisation_id)
    .join(Account, Account.id == AccessRequest.author_id)
)
_SIGNATURES = (
    select(
        Signature.id,
        Signature.waits_since.label("since"),
        Signature.state,
        Signature.author_id,
        Account.name.label("author_name"),
        Signature.signatory_name,
        Signature.signatory_function,
        Signature.signatory_email,
        Signature.organisation_id,
        Organisation.name.label("title"),
    )
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .outerjoin(Account, Account.id == Signature.author_id)
)
_OWNED = exists().where(
    Membership.organisation_id == AccessRequest.organisation_id, Membership.role == str(Role.OWNER)
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kind comes from: its rows, which of them wait, and since when."""

    rows: Rows
    waits: ColumnElement[bool]
    id: InstrumentedAttribute[int]
    since: InstrumentedAttribute[Any]


SOURCES = {
    Kind.ACCESS_REQUEST: Source(
        _REQUESTS,
        and_(
            AccessRequest.state == "open",
            or_(~_OWNED, AccessRequest.created_at < bindparam("unanswered_since")),
        ),
        AccessRequest.id,
        AccessRequest.created_at,
    ),
    Kind.COMMENT: Source(
        _COMMENTS,
        CommentVersion.state == "pending",
        CommentVersion.id,
        CommentVersion.created_at,
    ),
    Kind.PROFILE: Source(
        _PROFILES, ProfileText.state == "pending", ProfileText.id, ProfileText.created_at
    ),
    Kind.SIGNATURE: Source(
        _SIGNATURES, Signature.state == "confirmed", Signature.id, Signature.waits_since
    ),
}


def moments() -> dict[str, datetime]:
    """Return the values that the sources are asked with now."""
    return {"unanswered_since": clock.now() - OWNERS_ANSWER_WITHIN}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits; `row` has the columns of its kind."""

    kind: Kind
    row: Any

    @property
    def position(self) -> tuple[datetime, str, int]:
        """Where it stands in the queue."""
        return self.row.since, str(self.kind), self.row.id

    @property
    def author_id(self) -> int | None:
        found: int | None = self.row.author_id
        return found

    @property
    def organisation_id(self) -> int | None:
        found: int | None = self.row.organisation_id
        return found

    @property
    def concerned_organisation_ids(self) -> tuple[int, ...]:
        found = (self.organisation_id, getattr(self.row, "discussed_id", None))
        return tuple(number for number in found if number is not None)

    @property
    def concerned_emails(self) -> tuple[str, ...]:
        address = getattr(self.row, "signatory_email", None)
        return (address_key(address),) if address else ()

    @property
    def waited(self) -> timedelta:
        since: datetime = self.row.since
        return clock.now() - since

    @property
    def is_late(self) -> bool:
        """Whether it waits for more than one working day."""
        return clock.now() > one_working_day_after(self.row.since)

    def may_be_decided_by(self, person: Person) -> bool:
        """Return whether `person` may decide: never on own text or for an own organisation."""
        return can(person, PERMISSIONS[self.kind], self)


def item_of(kind: Kind, number: int) -> Item:
    """Return one thing with what belongs beside it, waiting or decided; 404 without it."""
    source = SOURCES[kind]
    row = db.session.execute(source.rows.where(source.id == number)).first()
    if row is None:
        raise NotFound
    return Item(kind, row)
