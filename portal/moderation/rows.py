"""The columns of each kind of thing that waits: what a moderator needs beside it, in one query."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, exists, func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.comments.models import Comment, CommentVersion, Discussion
from portal.lifecycle import TextState
from portal.organisations.models import (
    AccessProposal,
    AccessRequest,
    Membership,
    Organisation,
    ProfileText,
)
from portal.policy import Role
from portal.services.models import HistoryReason, HistoryRow
from portal.signatures.models import Ending, Signature

_Parent = aliased(Comment)
_PlacedProfile = aliased(ProfileText)

# In whose name a text was sent whose writer no longer belongs there: it is their own by now.
_LOST_VOICE = (
    select(HistoryReason.reason)
    .join(HistoryRow, HistoryRow.id == HistoryReason.history_id)
    .where(
        HistoryRow.subject == Comment.thing,
        HistoryRow.subject_id == Comment.id,
        HistoryRow.step == "voice_lost",
    )
    .order_by(HistoryRow.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("lost_voice")
)
_Earlier = aliased(CommentVersion)
# A text is a change when one before it was placed; the first placing is none.
_FOLLOWS_PLACED = exists().where(
    _Earlier.comment_id == CommentVersion.comment_id,
    _Earlier.number < CommentVersion.number,
    _Earlier.state.in_((TextState.PLACED, TextState.SUPERSEDED)),
)

COMMENTS = (
    select(
        CommentVersion.id,
        CommentVersion.created_at.label("since"),
        CommentVersion.state,
        CommentVersion.number,
        CommentVersion.html,
        CommentVersion.language,
        Comment.id.label("comment_id"),
        Comment.author_id,
        Comment.author_name,
        Comment.job_title,
        Comment.organisation_id,
        Comment.organisation_name,
        Comment.is_of_vereniging,
        # The placed text that this one would replace; None for a text that stands there itself.
        case((Comment.placed_version_id < CommentVersion.id, Comment.html)).label("placed_html"),
        Comment.language.label("placed_language"),
        _FOLLOWS_PLACED.label("is_change"),
        Discussion.title,
        Discussion.language.label("title_language"),
        Discussion.address,
        Discussion.is_public,
        Discussion.is_open,
        Discussion.organisation_id.label("discussed_id"),
        Organisation.published_at,
        Organisation.frozen_at,
        _LOST_VOICE,
        _Parent.id.label("parent_id"),
        _Parent.author_name.label("parent_name"),
        _Parent.html.label("parent_html"),
        _Parent.language.label("parent_language"),
    )
    .join(Comment, Comment.id == CommentVersion.comment_id)
    .join(Discussion, Discussion.id == Comment.discussion_id)
    .outerjoin(Organisation, Organisation.id == Comment.organisation_id)
    .outerjoin(_Parent, _Parent.id == Comment.parent_id)
)
PROFILES = (
    select(
        ProfileText.id,
        ProfileText.created_at.label("since"),
        ProfileText.state,
        ProfileText.html,
        ProfileText.language,
        ProfileText.author_id,
        Account.name.label("author_name"),
        ProfileText.organisation_id,
        Organisation.name.label("title"),
        Organisation.slug,
        Organisation.published_at,
        Organisation.frozen_at,
        case((_PlacedProfile.id < ProfileText.id, _PlacedProfile.html)).label("placed_html"),
        _PlacedProfile.language.label("placed_language"),
    )
    .join(Organisation, Organisation.id == ProfileText.organisation_id)
    .outerjoin(Account, Account.id == ProfileText.author_id)
    .outerjoin(_PlacedProfile, _PlacedProfile.id == Organisation.placed_profile_id)
)
OWNED = exists().where(
    Membership.organisation_id == Organisation.id, Membership.role == str(Role.OWNER)
)

REQUESTS = (
    select(
        AccessRequest.id,
        AccessRequest.created_at.label("since"),
        AccessRequest.state,
        AccessRequest.message,
        AccessRequest.language,
        AccessRequest.job_title,
        AccessRequest.author_id,
        Account.name.label("author_name"),
        Account.email,
        AccessRequest.organisation_id,
        Organisation.name.label("title"),
        Organisation.mail_domain,
        Organisation.slug,
        Organisation.published_at,
        Organisation.frozen_at,
        OWNED.label("has_owner"),
        and_(OWNED, AccessRequest.created_at >= bindparam("unanswered_since")).label(
            "is_for_owners"
        ),
    )
    .join(Organisation, Organisation.id == AccessRequest.organisation_id)
    .join(Account, Account.id == AccessRequest.author_id)
)
_Asker = aliased(Account)
PROPOSALS = (
    select(
        AccessProposal.id,
        AccessProposal.created_at.label("since"),
        AccessProposal.state,
        AccessProposal.email,
        AccessProposal.role,
        AccessProposal.proof,
        AccessProposal.language,
        AccessProposal.effective_at,
        AccessProposal.author_id,
        Account.name.label("author_name"),
        AccessProposal.organisation_id,
        Organisation.name.label("title"),
        Organisation.mail_domain,
        Organisation.published_at,
        Organisation.frozen_at,
        OWNED.label("has_owner"),
        _Asker.name.label("asker_name"),
        AccessRequest.job_title,
        AccessRequest.message,
        AccessRequest.language.label("message_language"),
        AccessRequest.created_at.label("asked_at"),
    )
    .join(Organisation, Organisation.id == AccessProposal.organisation_id)
    .join(Account, Account.id == AccessProposal.author_id)
    .outerjoin(AccessRequest, AccessRequest.id == AccessProposal.request_id)
    .outerjoin(_Asker, _Asker.id == AccessRequest.author_id)
)
SIGNATURES = (
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
        Organisation.frozen_at,
    )
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .outerjoin(Account, Account.id == Signature.author_id)
)
ENDINGS = (
    select(
        Ending.id,
        # One that never waited here can still be looked at.
        func.coalesce(Ending.waits_since, Ending.created_at).label("since"),
        Ending.state,
        Ending.kind,
        Ending.author_id,
        Account.name.label("author_name"),
        Ending.name.label("named"),
        Ending.function,
        Ending.email,
        Ending.reason,
        Ending.language,
        Signature.signatory_email,
        Signature.organisation_id,
        Organisation.name.label("title"),
        Organisation.frozen_at,
    )
    .join(Signature, Signature.id == Ending.signature_id)
    .join(Organisation, Organisation.id == Signature.organisation_id)
    .outerjoin(Account, Account.id == Ending.author_id)
)
