"""The texts that ask for something: to be changed, or to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.comments.queries.answers import OWN_REPLY, TOP
from portal.core.columns import Moment
from portal.core.db import Columnar
from portal.lifecycle import CommentState, ProposalState, TextState
from portal.organisations.models import IdentityProposal, Organisation, ProfileText
from portal.work.part import Part, part_of

# What nobody answered in a year is no longer asked.
ASKED_WITHIN = timedelta(days=365)

_Answer = aliased(Comment)
_Later = aliased(CommentVersion)


class ChangeRow(NamedTuple):
    """A comment of one's own of which a moderator asked a change."""

    comment_id: int
    # Of the page on which it stands.
    title: str
    language: str
    created_at: datetime


class ProfileRow(NamedTuple):
    """A description, or proposal, of an organisation of which a moderator asked a change."""

    organisation_id: int
    organisation_name: str
    created_at: datetime


class QuestionRow(NamedTuple):
    """A comment below a page of one's organisation, without an answer in its name."""

    comment_id: int
    author_name: str
    # Of the page on which it stands.
    title: str
    language: str
    address: str
    organisation_id: int
    organisation_name: str
    placed_at: datetime


_CHANGES: Columnar = (
    select(Comment.id, Discussion.title, Discussion.language, CommentVersion.created_at)
    .join(Comment, Comment.id == CommentVersion.comment_id)
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .where(
        CommentVersion.state == TextState.CHANGE_ASKED,
        Comment.state.in_((CommentState.PENDING, CommentState.PLACED)),
        Comment.hidden_at.is_(None),
        ~exists().where(
            _Later.comment_id == CommentVersion.comment_id, _Later.number > CommentVersion.number
        ),
    )
)
_PROFILES: Columnar = (
    select(ProfileText.organisation_id, Organisation.name, ProfileText.created_at)
    .join(Organisation, Organisation.id == ProfileText.organisation_id)
    .where(ProfileText.state == TextState.CHANGE_ASKED)
)
_PROPOSALS: Columnar = (
    select(IdentityProposal.organisation_id, Organisation.name, IdentityProposal.created_at)
    .join(Organisation, Organisation.id == IdentityProposal.organisation_id)
    .where(IdentityProposal.state == ProposalState.CHANGE_ASKED)
)
_IS_ANSWERED = exists().where(
    _Answer.thread_id == Comment.thread_id,
    _Answer.discussion_id == Comment.discussion_id,
    _Answer.reply_rank == OWN_REPLY,
    _Answer.state.in_((CommentState.PLACED, CommentState.PENDING)),
    _Answer.hidden_at.is_(None),
)
_PLACED_AT = func.coalesce(Comment.placed_at, Comment.created_at, type_=Moment())
_QUESTIONS: Columnar = (
    select(
        Comment.id,
        Comment.author_name,
        Discussion.title,
        Discussion.language,
        Discussion.address,
        Discussion.organisation_id,
        Organisation.name,
        _PLACED_AT,
    )
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .join(Organisation, Organisation.id == Discussion.organisation_id)
    .where(
        Discussion.is_public,
        Discussion.is_open,
        Comment.state == CommentState.PLACED,
        Comment.hidden_at.is_(None),
        Comment.reply_rank == TOP,
        or_(
            Comment.organisation_id.is_(None),
            Comment.organisation_id != Discussion.organisation_id,
        ),
        ~_IS_ANSWERED,
    )
)


def asked_changes(account_id: int) -> Part[ChangeRow]:
    """Return the comments of an account of which a change was asked, the oldest first."""
    mine = _CHANGES.where(Comment.author_id == account_id)
    return part_of(ChangeRow, mine.order_by(CommentVersion.created_at, Comment.id))


def asked_profiles(organisations: Sequence[int]) -> Part[ProfileRow]:
    """Return the descriptions of which a change was asked, the oldest first."""
    ours = _PROFILES.where(ProfileText.organisation_id.in_(organisations))
    return part_of(ProfileRow, ours.order_by(ProfileText.created_at, ProfileText.id))


def asked_proposals(organisations: Sequence[int]) -> Part[ProfileRow]:
    """Return the proposals of who one is of which a change was asked, the oldest first."""
    ours = _PROPOSALS.where(IdentityProposal.organisation_id.in_(organisations))
    return part_of(ProfileRow, ours.order_by(IdentityProposal.created_at, IdentityProposal.id))


def unanswered(organisations: Sequence[int], *, now: datetime) -> Part[QuestionRow]:
    """Return what was said below pages of these organisations and not answered, oldest first."""
    is_asked = and_(
        Discussion.organisation_id.in_(organisations), Comment.created_at > now - ASKED_WITHIN
    )
    return part_of(QuestionRow, _QUESTIONS.where(is_asked).order_by(_PLACED_AT, Comment.id))
